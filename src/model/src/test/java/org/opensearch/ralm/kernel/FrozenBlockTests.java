package org.opensearch.ralm.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.opensearch.ralm.block.Encoding;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.block.SeedBlockCodec;
import org.opensearch.ralm.block.SeedBlockLayout;
import org.opensearch.ralm.cluster.Clusters;

/** Blocks that earlier builds have stored are read and score as ever; README.md beside the bytes says how they came. */
class FrozenBlockTests {

    private static final int CLUSTERS = 5;
    private static final int DIMENSION = 8;
    private static final long FINGERPRINT = 0x0123456789abcdefL;

    private static final SeedBlock BLOCK = new SeedBlock(
            FINGERPRINT,
            new Clusters(DIMENSION, values(CLUSTERS * DIMENSION, 37, 101), new int[] {1, 7, 30, 258, 70_000}),
            values(DIMENSION, 53, 29));

    private static final KernelParameters PARAMETERS =
            new KernelParameters(FINGERPRINT, values(DIMENSION, 31, 17), values(DIMENSION, 13, 19), 2, 0.5, 0.3, 0.7);

    private static float[] values(int count, int factor, int prime) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (i * factor % prime - prime / 2) / (float) (prime / 2);
        }
        return values;
    }

    private static byte[] frozen(Encoding encoding) throws IOException {
        String path = "/block/" + encoding.toString().toLowerCase(Locale.ROOT) + "-1.hex";
        try (InputStream in = FrozenBlockTests.class.getResourceAsStream(path)) {
            String hex = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            return HexFormat.of().parseHex(hex.replace("\n", ""));
        }
    }

    @ParameterizedTest
    @EnumSource
    void blocksAreWrittenAsEver(Encoding encoding) throws IOException {
        assertArrayEquals(frozen(encoding), SeedBlockCodec.encode(BLOCK, encoding));
    }

    @Test
    void blocksAreReadAsEver() throws IOException {
        assertEquals(BLOCK, SeedBlockCodec.decode(frozen(Encoding.FLOAT32)));
        SeedBlock quantized = SeedBlockCodec.decode(frozen(Encoding.INT8));
        assertArrayEquals(BLOCK.global(), quantized.global());
        assertArrayEquals(BLOCK.clusters().sizes(), quantized.clusters().sizes());
    }

    @ParameterizedTest
    @CsvSource({"FLOAT32, 0.159649714", "INT8, 0.159850592"})
    void blocksScoreAsEver(Encoding encoding, double expected) throws IOException {
        byte[] block = frozen(encoding);
        for (Arithmetic arithmetic : Arithmetics.all()) {
            SeedBlockKernel kernel = new SeedBlockKernel(PARAMETERS, arithmetic);
            assertTrue(kernel.accepts(block, 0, block.length));
            assertEquals(expected, kernel.score(block, 0, block.length), 1e-6);
        }
    }

    /** A layout is remembered, but not beyond its version and encoding. */
    @ParameterizedTest
    @EnumSource
    void blocksOfANewerVersionArePassedOver(Encoding encoding) throws IOException {
        byte[] block = frozen(encoding);
        byte[] newer = block.clone();
        newer[0] = 2;
        SeedBlockKernel kernel = new SeedBlockKernel(PARAMETERS);
        for (int i = 0; i < 2; i++) {
            assertFalse(kernel.accepts(newer, 0, newer.length));
            assertTrue(kernel.accepts(block, 0, block.length));
            kernel.score(block, 0, block.length);
        }
        assertTrue(SeedBlockLayout.isNewer(newer, 0, newer.length));
        assertEquals(DIMENSION, SeedBlockLayout.dimension(newer, 0));
        assertFalse(SeedBlockLayout.isNewer(block, 0, block.length));
        assertFalse(SeedBlockLayout.isNewer(newer, 0, SeedBlockLayout.SIZES_OFFSET - 1));
    }
}
