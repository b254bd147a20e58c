package org.opensearch.ralm.block;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.opensearch.ralm.cluster.Clusters;

/**
 * Writes and reads seed blocks; {@link SeedBlockLayout} shows the format.
 *
 * <p>Float32 blocks come back exactly; in int8 blocks a centroid's value is off by at most half its centroid's scale,
 * which is 1/127 of its largest absolute value, but never subnormal. Stateless, safe for use by several threads.
 */
public final class SeedBlockCodec {

    private static final int INT8_MAX = 127;

    private SeedBlockCodec() {}

    /** The bytes of a block. */
    public static byte[] encode(SeedBlock block, Encoding encoding) {
        Clusters clusters = block.clusters();
        SeedBlockLayout layout =
                new SeedBlockLayout(encoding, clusters.count(), block.dimension(), block.fingerprint());
        ByteBuffer out = ByteBuffer.allocate(layout.length()).order(ByteOrder.LITTLE_ENDIAN);
        out.put((byte) SeedBlockLayout.VERSION).put((byte) encoding.code());
        out.putShort((short) clusters.count())
                .putShort((short) block.dimension())
                .putShort((short) 0);
        out.putLong(block.fingerprint());
        for (int size : clusters.sizes()) {
            out.putInt(size);
        }
        out.putFloat(block.globalNorm());
        putFloats(out, block.global());
        switch (encoding) {
            case FLOAT32 -> putFloats(out, clusters.centroids());
            case INT8 -> putQuantized(out, clusters);
        }
        return out.array();
    }

    /** Reads a block that fills the array. */
    public static SeedBlock decode(byte[] bytes) {
        return decode(bytes, 0, bytes.length);
    }

    /**
     * Reads a block.
     *
     * @param bytes an array that holds the block
     * @param offset where the block begins in it
     * @param length how long the block is
     * @throws InvalidBlockException if the bytes are not a whole block with finite vectors and positive sizes
     */
    public static SeedBlock decode(byte[] bytes, int offset, int length) {
        SeedBlockLayout layout = SeedBlockLayout.read(bytes, offset, length);
        ByteBuffer in = ByteBuffer.wrap(bytes, offset, length).slice().order(ByteOrder.LITTLE_ENDIAN);
        int[] sizes = new int[layout.clusters()];
        in.position(SeedBlockLayout.SIZES_OFFSET).asIntBuffer().get(sizes);
        float[] global = new float[layout.dimension()];
        in.position(layout.globalOffset()).asFloatBuffer().get(global);
        float[] centroids = new float[layout.clusters() * layout.dimension()];
        in.position(layout.centroidsOffset());
        switch (layout.encoding()) {
            case FLOAT32 -> in.asFloatBuffer().get(centroids);
            case INT8 -> readQuantized(in, layout, centroids);
        }
        SeedBlock block = checked(layout, centroids, sizes, global);
        requireNorm(in.getFloat(layout.globalNormOffset()), block.globalNorm());
        return block;
    }

    private static SeedBlock checked(SeedBlockLayout layout, float[] centroids, int[] sizes, float[] global) {
        try {
            return new SeedBlock(layout.fingerprint(), new Clusters(layout.dimension(), centroids, sizes), global);
        } catch (IllegalArgumentException e) {
            throw new InvalidBlockException(e.getMessage());
        }
    }

    private static void requireNorm(float stored, float expected) {
        if ((Math.abs(stored - expected) <= 1e-5f * expected) == false) {
            throw new InvalidBlockException(
                    "its global embedding has norm " + expected + ", but the stored norm is " + stored);
        }
    }

    private static void putFloats(ByteBuffer out, float[] values) {
        out.asFloatBuffer().put(values);
        out.position(out.position() + values.length * Float.BYTES);
    }

    private static void putQuantized(ByteBuffer out, Clusters clusters) {
        int dimension = clusters.dimension();
        float[] values = clusters.centroids();
        float[] scales = new float[clusters.count()];
        for (int c = 0; c < scales.length; c++) {
            float largest = 0;
            for (int d = 0; d < dimension; d++) {
                largest = Math.max(largest, Math.abs(values[c * dimension + d]));
            }
            scales[c] = Math.max(largest / INT8_MAX, Float.MIN_NORMAL);
            out.putFloat(scales[c]);
        }
        for (int i = 0; i < values.length; i++) {
            out.put((byte) Math.round(values[i] / scales[i / dimension]));
        }
    }

    private static void readQuantized(ByteBuffer in, SeedBlockLayout layout, float[] centroids) {
        for (int c = 0; c < layout.clusters(); c++) {
            float scale = in.getFloat(layout.scalesOffset() + c * Float.BYTES);
            for (int d = 0; d < layout.dimension(); d++) {
                int i = c * layout.dimension() + d;
                centroids[i] = scale * in.get(layout.centroidsOffset() + i);
            }
        }
    }
}
