package org.opensearch.ralm.block;

import java.util.Locale;

/** How the centroids of a seed block are stored. The global embedding is always float32. */
public enum Encoding {
    /** Four bytes a value, exact. */
    FLOAT32(0),
    /** One byte a value and one float32 scale a centroid; a value is off by at most half a scale. */
    INT8(1);

    private final int code;

    Encoding(int code) {
        this.code = code;
    }

    /** The byte that stands for this encoding in a block. */
    int code() {
        return code;
    }

    /** The number of bytes that hold the centroids. */
    int centroidBytes(int clusters, int dimension) {
        return switch (this) {
            case FLOAT32 -> Math.multiplyExact(Math.multiplyExact(clusters, dimension), Float.BYTES);
            case INT8 -> Math.multiplyExact(clusters, dimension + Float.BYTES);
        };
    }

    static Encoding ofCode(int code) {
        return switch (code) {
            case 0 -> FLOAT32;
            case 1 -> INT8;
            default ->
                throw new InvalidBlockException("unknown encoding " + code + ", expected 0 (float32) or 1 (int8)");
        };
    }

    /**
     * The encoding of a name in settings and mappings.
     *
     * @throws IllegalArgumentException if the name is neither {@code float32} nor {@code int8}
     */
    public static Encoding ofName(String name) {
        for (Encoding encoding : values()) {
            if (encoding.toString().equals(name)) {
                return encoding;
            }
        }
        throw new IllegalArgumentException("unknown encoding [" + name + "], expected [float32] or [int8]");
    }

    /** The name in settings and mappings. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
