package org.opensearch.ralm.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What the header of a safetensors container says of one tensor.
 *
 * @param name the tensor's name
 * @param shape the sizes of its dimensions, whose product fits the range
 * @param begin where its values begin in the data, in bytes
 * @param end where they end
 */
record TensorEntry(String name, int[] shape, int begin, int end) {

    private static final String TYPE = "F32";
    private static final int MAX_RANK = 8;

    /** Checks the description of a tensor that must lie within a number of bytes. */
    static TensorEntry parse(String name, JsonNode description, int capacity) {
        JsonNode type = description.path("dtype");
        if (type.isTextual() == false || type.textValue().equals(TYPE) == false) {
            throw fault(name, "has dtype [" + type + "], expected [\"" + TYPE + "\"]");
        }
        int[] shape = parseShape(name, description.path("shape"));
        JsonNode offsets = description.path("data_offsets");
        int begin = parseInteger(offsets.path(0), capacity);
        int end = parseInteger(offsets.path(1), capacity);
        if (offsets.size() != 2 || begin < 0 || end < begin) {
            throw fault(
                    name,
                    "has data_offsets " + offsets + ", expected two integers from 0 to " + capacity
                            + ", the first not above the second");
        }
        long bytes = requiredBytes(name, shape);
        if (end - begin != bytes) {
            throw fault(name, "has " + (end - begin) + " bytes, but its shape needs " + bytes);
        }
        return new TensorEntry(name, shape, begin, end);
    }

    /** The tensor itself. */
    Tensor read(ByteBuffer data) {
        float[] values = new float[(end - begin) / Float.BYTES];
        data.slice(begin, end - begin)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return new Tensor(shape, values);
    }

    InvalidArtifactException fault(String problem) {
        return fault(name, problem);
    }

    private static int[] parseShape(String name, JsonNode shape) {
        if (shape.isArray() == false || shape.size() > MAX_RANK) {
            throw fault(name, "has shape " + shape + ", expected an array of at most " + MAX_RANK + " sizes");
        }
        int[] sizes = new int[shape.size()];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = parseInteger(shape.get(i), Integer.MAX_VALUE);
            if (sizes[i] < 0) {
                throw fault(name, "has shape " + shape + ", expected non-negative integers");
            }
        }
        return sizes;
    }

    /** An integer from 0 to the largest allowed, or -1 if it is none. */
    private static int parseInteger(JsonNode value, int largest) {
        boolean valid = value.isIntegralNumber()
                && value.canConvertToInt()
                && value.intValue() >= 0
                && value.intValue() <= largest;
        return valid ? value.intValue() : -1;
    }

    private static long requiredBytes(String name, int[] shape) {
        long bytes = Float.BYTES;
        for (int size : shape) {
            bytes *= size;
            if (bytes > Integer.MAX_VALUE) {
                throw fault(name, "is larger than this reader takes");
            }
        }
        return bytes;
    }

    private static InvalidArtifactException fault(String name, String problem) {
        return new InvalidArtifactException("weights: tensor [" + name + "] " + problem);
    }
}
