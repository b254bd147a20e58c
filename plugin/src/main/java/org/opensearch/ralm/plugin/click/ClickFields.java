package org.opensearch.ralm.plugin.click;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/** What a click's document says, and how a vector is written; {@link VectorFields} says where. */
public final class ClickFields {

    /** The candidate's id; routes the document. */
    public static final String CANDIDATE = "candidate";

    /** The user's id. */
    public static final String USER = "user";

    /** When the user clicked last. */
    public static final String TIME = "time";

    /** When the click reached the cluster, in milliseconds since 1970. */
    public static final String RECEIVED = "received";

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
}
