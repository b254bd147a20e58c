package org.opensearch.ralm.block;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.opensearch.ralm.cluster.Clusters;

class SeedBlockCodecTests {

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 1024", "128, 1", "20, 128", "128, 1024"})
    void float32BlocksComeBackExactly(int clusters, int dimension) {
        SeedBlock block = RandomBlocks.block(new Random(clusters), clusters, dimension);

        assertEquals(block, SeedBlockCodec.decode(SeedBlockCodec.encode(block, Encoding.FLOAT32)));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 1024", "128, 1", "20, 128", "128, 1024"})
    void int8CentroidsAreOffByAtMostHalfAScale(int clusters, int dimension) {
        SeedBlock block = RandomBlocks.block(new Random(clusters), clusters, dimension);

        SeedBlock decoded = SeedBlockCodec.decode(SeedBlockCodec.encode(block, Encoding.INT8));

        assertEquals(block.fingerprint(), decoded.fingerprint());
        assertArrayEquals(block.global(), decoded.global());
        assertArrayEquals(block.clusters().sizes(), decoded.clusters().sizes());
        assertOffByHalfAScale(block.clusters(), decoded.clusters());
    }

    /** From values whose scale would be subnormal to the longest vectors a block takes. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 1.4e-45, 1e-44, 2.7e-43, 1e-38, 1e-30, 1, 1e19})
    void int8HoldsForTheSmallestAndTheLargestValues(double magnitude) {
        float[] centroids = RandomBlocks.gaussian(new Random(1), 64);
        for (int i = 0; i < centroids.length; i++) {
            centroids[i] = (float) (magnitude * Math.tanh(centroids[i]) / 8);
        }
        centroids[0] = (float) magnitude;
        Clusters clusters = new Clusters(64, centroids, new int[] {7});
        byte[] bytes = SeedBlockCodec.encode(new SeedBlock(1, clusters, new float[64]), Encoding.INT8);

        assertOffByHalfAScale(clusters, SeedBlockCodec.decode(bytes).clusters());
    }

    /** Sizes 258 and 1, global embedding (3, -4), centroids (1, -2) and (0.5, 0); written down by hand. */
    @Test
    void theBytesAreThoseOfTheFormat() {
        SeedBlock block = new SeedBlock(
                0x0807060504030201L,
                new Clusters(2, new float[] {1, -2, 0.5f, 0}, new int[] {258, 1}),
                new float[] {3, -4});
        String common = "02000200" + "0000" + "0102030405060708" + "02010000" + "01000000" + "0000a040" + "00004040"
                + "000080c0";

        assertEquals(
                "0100" + common + "0000803f" + "000000c0" + "0000003f" + "00000000",
                HexFormat.of().formatHex(SeedBlockCodec.encode(block, Encoding.FLOAT32)));
        // Scales 2/127 and 0.5/127; 1 is 63.5 scales, which rounds to 64.
        assertEquals(
                "0101" + common + "0402813c" + "0402813b" + "4081" + "7f00",
                HexFormat.of().formatHex(SeedBlockCodec.encode(block, Encoding.INT8)));
    }

    @ParameterizedTest
    @EnumSource
    void aBlockIsReadFromTheMiddleOfAnArray(Encoding encoding) {
        SeedBlock block = RandomBlocks.block(new Random(1), 5, 7);
        byte[] bytes = SeedBlockCodec.encode(block, encoding);
        byte[] array = new byte[bytes.length + 30];
        Arrays.fill(array, (byte) 0xff);
        System.arraycopy(bytes, 0, array, 11, bytes.length);

        assertEquals(SeedBlockCodec.decode(bytes), SeedBlockCodec.decode(array, 11, bytes.length));
    }

    @ParameterizedTest
    @CsvSource({"0, 209", "1, 208", "-1, 10", "0, -1", "208, 1", "2147483647, 100"})
    void aRangeOutsideTheArrayIsRefused(int offset, int length) {
        byte[] bytes = SeedBlockCodec.encode(RandomBlocks.block(new Random(1), 5, 7), Encoding.FLOAT32);

        assertThrows(IndexOutOfBoundsException.class, () -> SeedBlockCodec.decode(bytes, offset, length));
    }

    @Test
    void headerFaultsAreNamed() {
        assertRefused("version 2 is not known, expected 1", bytes -> bytes.put(0, (byte) 2));
        assertRefused("version 255 is not known, expected 1", bytes -> bytes.put(0, (byte) 255));
        assertRefused("unknown encoding 2, expected 0 (float32) or 1 (int8)", bytes -> bytes.put(1, (byte) 2));
        assertRefused("its number of clusters must be 1 to 128, but is 0", bytes -> bytes.putShort(2, (short) 0));
        assertRefused("its number of clusters must be 1 to 128, but is 129", bytes -> bytes.putShort(2, (short) 129));
        assertRefused("its number of clusters must be 1 to 128, but is 65535", bytes -> bytes.putShort(2, (short) -1));
        assertRefused("its dimension must be 1 to 1024, but is 0", bytes -> bytes.putShort(4, (short) 0));
        assertRefused("its dimension must be 1 to 1024, but is 1025", bytes -> bytes.putShort(4, (short) 1025));
        assertRefused("its reserved bytes must be 0, but are 256", bytes -> bytes.putShort(6, (short) 256));
        assertRefused(
                "it has 52 bytes, but its header needs 54 (2 clusters of dimension 3, int8)",
                bytes -> bytes.put(1, (byte) 1).putShort(4, (short) 3));
    }

    @Test
    void contentFaultsAreNamed() {
        assertRefused("a cluster must have at least 1 seed, but has 0", bytes -> bytes.putInt(16, 0));
        assertRefused("a cluster must have at least 1 seed, but has -1", bytes -> bytes.putInt(20, -1));
        assertRefused(
                "its global embedding has norm 5.0, but the stored norm is 5.001", bytes -> bytes.putFloat(24, 5.001f));
        assertRefused(
                "its global embedding has norm 5.0, but the stored norm is NaN",
                bytes -> bytes.putFloat(24, Float.NaN));
        assertRefused(
                "the global embedding of a seed block has length NaN, expected a finite one below 1.8E19",
                bytes -> bytes.putFloat(28, Float.NaN));
        assertRefused(
                "centroid 1 of a seed block has length Infinity, expected a finite one below 1.8E19",
                bytes -> bytes.putFloat(48, Float.NEGATIVE_INFINITY));
    }

    @Test
    void bytesShorterThanAHeaderAreRefused() {
        InvalidBlockException e = assertThrows(InvalidBlockException.class, () -> SeedBlockCodec.decode(new byte[15]));

        assertEquals("malformed seed block: 15 bytes are fewer than the 16 of a header", e.getMessage());
    }

    @ParameterizedTest
    @EnumSource
    void encodingsHaveNames(Encoding encoding) {
        assertEquals(encoding, Encoding.ofName(encoding.toString()));
        assertEquals(
                "unknown encoding [bfloat16], expected [float32] or [int8]",
                assertThrows(IllegalArgumentException.class, () -> Encoding.ofName("bfloat16"))
                        .getMessage());
    }

    private static void assertOffByHalfAScale(Clusters exact, Clusters decoded) {
        int h = exact.dimension();
        for (int c = 0; c < exact.count(); c++) {
            float largest = 0;
            for (float value : exact.centroid(c)) {
                largest = Math.max(largest, Math.abs(value));
            }
            // A scale below the smallest normal number would have too few bits to divide by.
            double half = Math.max(largest / 127.0, Float.MIN_NORMAL) / 2;
            for (int d = 0; d < h; d++) {
                double error = Math.abs((double) exact.centroids()[c * h + d] - decoded.centroids()[c * h + d]);
                assertTrue(error <= half * (1 + 1e-4), "off by " + error + ", half a scale is " + half);
            }
        }
    }

    /** Two float32 clusters of dimension 2, global embedding (3, 4), 52 bytes; spoilt in one place. */
    private static void assertRefused(String message, Consumer<ByteBuffer> fault) {
        Clusters clusters = new Clusters(2, new float[] {1, 2, 3, 4}, new int[] {1, 2});
        byte[] bytes = SeedBlockCodec.encode(new SeedBlock(1, clusters, new float[] {3, 4}), Encoding.FLOAT32);
        fault.accept(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
        assertEquals(
                "malformed seed block: " + message,
                assertThrows(InvalidBlockException.class, () -> SeedBlockCodec.decode(bytes))
                        .getMessage());
    }
}
