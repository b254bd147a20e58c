package org.opensearch.ralm.plugin.click;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.Map;

/** What a click's document says, and how the vector of its user is written into it. */
public final class ClickFields {

    /** The candidate's id; routes the document. */
    public static final String CANDIDATE = "candidate";

    /** The user's id. */
    public static final String USER = "user";

    /** When the user clicked last. */
    public static final String TIME = "time";

    /** When the click reached the cluster, in milliseconds since 1970. */
    public static final String RECEIVED = "received";

    /** The model the vector was made by; absent where there is no vector. */
    public static final String MODEL = "model";

    /** The user's look-alike vector. */
    public static final String VECTOR = "vector";

    /** True where the user had no vector when the click came. */
    public static final String UNKNOWN_USER = "unknown_user";

    private ClickFields() {}

    /** A vector as documents hold it: little-endian 32-bit floats in base64. */
    public static String encoded(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    /**
     * Reads a vector out of the bytes that {@link #encoded} stands for.
     *
     * @param offset where it begins
     * @param length how many bytes it has
     */
    public static float[] decoded(byte[] bytes, int offset, int length) {
        float[] vector = new float[length / Float.BYTES];
        ByteBuffer.wrap(bytes, offset, length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(vector);
        return vector;
    }

    /**
     * Writes a user's vector into a click.
     *
     * @param vector as {@link #encoded} gives it; null if it is not known
     */
    public static void setVector(Map<String, Object> click, String model, String vector) {
        if (vector == null) {
            click.remove(MODEL);
            click.remove(VECTOR);
            click.put(UNKNOWN_USER, true);
        } else {
            click.put(MODEL, model);
            click.put(VECTOR, vector);
            click.remove(UNKNOWN_USER);
        }
    }
}
