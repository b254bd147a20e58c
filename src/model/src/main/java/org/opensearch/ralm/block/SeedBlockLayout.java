package org.opensearch.ralm.block;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * Where the parts of an encoded seed block lie. Everything is little endian and without gaps:
 *
 * <pre>
 * offset  bytes   what
 *      0  1       version of the format, 1
 *      1  1       encoding: 0 float32, 1 int8
 *      2  2       number of clusters K, 1 to 128
 *      4  2       dimension h, 1 to 1024
 *      6  2       reserved, 0
 *      8  8       fingerprint of the model
 *     16  4 K     sizes of the clusters, int32, each at least 1
 *         4       norm of the global embedding, float32
 *         4 h     global embedding, float32
 *         4 K     scales of the centroids, float32 (int8 only)
 *         K h s   centroids, row after row; s = 4 bytes (float32) or 1 byte (int8)
 * </pre>
 *
 * <p>Blocks of all versions begin with these 16 bytes, so that an older reader can tell what it cannot read. It passes
 * such a block over, as it does one of another model; a newer reader reads all versions there have been.
 *
 * <p>Reading the layout checks the header and that the length is exactly what the header needs, so that a reader who
 * stays inside the offsets never reads past the end. Immutable.
 *
 * @param encoding how the centroids are stored
 * @param clusters the number of clusters, K
 * @param dimension the width of a vector, h
 * @param fingerprint the model's content fingerprint
 */
public record SeedBlockLayout(Encoding encoding, int clusters, int dimension, long fingerprint) {

    /** The only version of the format there is. */
    static final int VERSION = 1;

    /** Where the sizes begin. */
    public static final int SIZES_OFFSET = 16;

    private static final int DIMENSION_OFFSET = 4;

    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /**
     * Reads the layout of a block.
     *
     * @param bytes an array that holds the block
     * @param offset where the block begins in it
     * @param length how long the block is
     * @throws InvalidBlockException if the bytes are not a whole block of a known version
     * @throws IndexOutOfBoundsException if the range is not inside the array
     */
    public static SeedBlockLayout read(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length < SIZES_OFFSET) {
            throw new InvalidBlockException(length + " bytes are fewer than the " + SIZES_OFFSET + " of a header");
        }
        if (bytes[offset] != VERSION) {
            throw new InvalidBlockException(
                    "version " + Byte.toUnsignedInt(bytes[offset]) + " is not known, expected " + VERSION);
        }
        if (unsignedShort(bytes, offset + 6) != 0) {
            throw new InvalidBlockException(
                    "its reserved bytes must be 0, but are " + unsignedShort(bytes, offset + 6));
        }
        SeedBlockLayout layout = new SeedBlockLayout(
                Encoding.ofCode(Byte.toUnsignedInt(bytes[offset + 1])),
                unsignedShort(bytes, offset + 2),
                dimension(bytes, offset),
                (long) LONG.get(bytes, offset + 8));
        if (layout.length() != length) {
            throw new InvalidBlockException(
                    "it has " + length + " bytes, but its header needs " + layout.length() + " (" + layout.clusters
                            + " clusters of dimension " + layout.dimension + ", " + layout.encoding + ")");
        }
        return layout;
    }

    /** Whether bytes that need not be a whole block are one of a version that only a newer build reads. */
    public static boolean isNewer(byte[] bytes, int offset, int length) {
        return length >= SIZES_OFFSET && Byte.toUnsignedInt(bytes[offset]) > VERSION;
    }

    /** The dimension in the header of a block of any version. */
    public static int dimension(byte[] bytes, int offset) {
        return unsignedShort(bytes, offset + DIMENSION_OFFSET);
    }

    /** Checks the bounds. */
    public SeedBlockLayout {
        if (clusters < 1 || clusters > SeedBlock.MAX_CLUSTERS) {
            throw new InvalidBlockException(
                    "its number of clusters must be 1 to " + SeedBlock.MAX_CLUSTERS + ", but is " + clusters);
        }
        if (dimension < 1 || dimension > SeedBlock.MAX_DIMENSION) {
            throw new InvalidBlockException(
                    "its dimension must be 1 to " + SeedBlock.MAX_DIMENSION + ", but is " + dimension);
        }
    }

    /** Where the norm of the global embedding lies. */
    public int globalNormOffset() {
        return SIZES_OFFSET + clusters * Integer.BYTES;
    }

    /** Where the global embedding begins. */
    public int globalOffset() {
        return globalNormOffset() + Float.BYTES;
    }

    /** Where the centroids' scales begin; the same as {@link #centroidsOffset()} where there are none. */
    public int scalesOffset() {
        return globalOffset() + dimension * Float.BYTES;
    }

    /** Where the centroids begin. */
    public int centroidsOffset() {
        return encoding == Encoding.INT8 ? scalesOffset() + clusters * Float.BYTES : scalesOffset();
    }

    /** The length of the whole block in bytes. */
    public int length() {
        return scalesOffset() + encoding.centroidBytes(clusters, dimension);
    }

    private static int unsignedShort(byte[] bytes, int offset) {
        return Short.toUnsignedInt((short) SHORT.get(bytes, offset));
    }
}
