package org.opensearch.ralm.artifact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads and writes the safetensors container, float32 only: eight bytes of header length, a JSON header, the values.
 *
 * <p>A header may name at most {@value #MAX_HEADER_BYTES} bytes and only ranges inside the buffer; anything else is
 * refused before memory is taken for it. Stateless, safe for use by several threads.
 */
public final class Safetensors {

    private static final int MAX_HEADER_BYTES = 1 << 20;
    private static final int LENGTH_BYTES = Long.BYTES;
    private static final String METADATA = "__metadata__";
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Safetensors() {}

    /**
     * Reads all tensors of a container.
     *
     * @param bytes a whole container
     * @return the tensors by name, in alphabetical order
     * @throws InvalidArtifactException if the container is malformed, truncated, or holds a type other than F32
     */
    public static Map<String, Tensor> read(byte[] bytes) {
        JsonNode header = readHeader(bytes);
        ByteBuffer data = dataAfterHeader(bytes);
        Map<String, Tensor> tensors = new TreeMap<>();
        header.properties().forEach(entry -> {
            if (entry.getKey().equals(METADATA) == false) {
                tensors.put(entry.getKey(), readTensor(entry.getKey(), entry.getValue(), data));
            }
        });
        return tensors;
    }

    /**
     * Writes tensors in alphabetical order of their names, so that equal tensors give equal bytes.
     *
     * @param tensors the tensors by name
     * @return a whole container
     */
    public static byte[] write(Map<String, Tensor> tensors) {
        Map<String, Tensor> sorted = new TreeMap<>(tensors);
        byte[] header = writeHeader(sorted);
        long size = LENGTH_BYTES + header.length;
        for (Tensor tensor : sorted.values()) {
            size += (long) tensor.values().length * Float.BYTES;
        }
        ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(size)).order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(header.length).put(header);
        for (Tensor tensor : sorted.values()) {
            for (float value : tensor.values()) {
                out.putFloat(value);
            }
        }
        return out.array();
    }

    private static JsonNode readHeader(byte[] bytes) {
        int length = headerLength(bytes);
        try {
            JsonNode header = JSON.readTree(new String(bytes, LENGTH_BYTES, length, StandardCharsets.UTF_8));
            if (header instanceof ObjectNode) {
                return header;
            }
        } catch (JsonProcessingException e) {
            throw new InvalidArtifactException("weights: the header is not JSON: " + e.getOriginalMessage(), e);
        }
        throw new InvalidArtifactException("weights: the header must be a JSON object");
    }

    private static int headerLength(byte[] bytes) {
        if (bytes.length < LENGTH_BYTES) {
            throw new InvalidArtifactException(
                    "weights: " + bytes.length + " bytes are too few for a safetensors file, which begins with the 8 "
                            + "bytes of its header's length");
        }
        long length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (length < 0 || length > MAX_HEADER_BYTES || length > bytes.length - LENGTH_BYTES) {
            throw new InvalidArtifactException("weights: a header of " + Long.toUnsignedString(length)
                    + " bytes does not fit a safetensors file of " + bytes.length + " bytes (at most "
                    + MAX_HEADER_BYTES + ")");
        }
        return (int) length;
    }

    private static ByteBuffer dataAfterHeader(byte[] bytes) {
        int start = LENGTH_BYTES + headerLength(bytes);
        return ByteBuffer.wrap(bytes, start, bytes.length - start).slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    private static Tensor readTensor(String name, JsonNode description, ByteBuffer data) {
        String type = description.path("dtype").asText("none");
        if (type.equals("F32") == false) {
            throw fault(name, "has dtype [" + type + "], expected [F32]");
        }
        int[] shape = readShape(name, description.path("shape"));
        JsonNode offsets = description.path("data_offsets");
        long begin = offsets.path(0).asLong(-1);
        long end = offsets.path(1).asLong(-1);
        if (offsets.size() != 2 || begin < 0 || end < begin || end > data.capacity()) {
            throw fault(name, "has data_offsets " + offsets + " outside the " + data.capacity() + " bytes of data");
        }
        long values = 1;
        for (int dimension : shape) {
            values *= dimension;
            if (values > Integer.MAX_VALUE) {
                throw fault(name, "is larger than this reader takes");
            }
        }
        if (end - begin != values * Float.BYTES) {
            throw fault(name, "has " + (end - begin) + " bytes, but its shape needs " + values * Float.BYTES);
        }
        float[] floats = new float[(int) values];
        data.slice((int) begin, (int) (end - begin))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(floats);
        return new Tensor(shape, floats);
    }

    private static int[] readShape(String name, JsonNode shape) {
        if (shape.isArray() == false || shape.size() > 8) {
            throw fault(name, "has shape " + shape + ", expected an array of at most 8 sizes");
        }
        int[] sizes = new int[shape.size()];
        for (int i = 0; i < sizes.length; i++) {
            JsonNode size = shape.get(i);
            if (size.canConvertToInt() == false || size.isIntegralNumber() == false || size.intValue() < 0) {
                throw fault(name, "has shape " + shape + ", expected non-negative integers");
            }
            sizes[i] = size.intValue();
        }
        return sizes;
    }

    private static InvalidArtifactException fault(String name, String problem) {
        return new InvalidArtifactException("weights: tensor [" + name + "] " + problem);
    }

    private static byte[] writeHeader(Map<String, Tensor> tensors) {
        Map<String, Object> header = new LinkedHashMap<>();
        long offset = 0;
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            long end = offset + (long) entry.getValue().values().length * Float.BYTES;
            Map<String, Object> description = new LinkedHashMap<>();
            description.put("dtype", "F32");
            description.put("shape", entry.getValue().shape());
            description.put("data_offsets", new long[] {offset, end});
            header.put(entry.getKey(), description);
            offset = end;
        }
        try {
            String json = JSON.writeValueAsString(header);
            // Padded with spaces to a multiple of 8, as the format recommends, so that the values are aligned.
            return (json + " ".repeat(Math.floorMod(-json.getBytes(StandardCharsets.UTF_8).length, 8)))
                    .getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a header of names and numbers can always be written", e);
        }
    }
}
