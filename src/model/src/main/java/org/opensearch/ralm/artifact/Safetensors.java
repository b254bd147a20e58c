package org.opensearch.ralm.artifact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads and writes the safetensors container, float32 only: eight bytes of header length, a JSON header, the values.
 *
 * <p>A header may have at most {@value #MAX_HEADER_BYTES} bytes, and its tensors must fill the data exactly; anything
 * else is refused before memory is taken for it. Stateless, safe for use by several threads.
 */
public final class Safetensors {

    private static final int MAX_HEADER_BYTES = 1 << 20;
    private static final int LENGTH_BYTES = Long.BYTES;
    private static final String METADATA = "__metadata__";
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
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
        int headerLength = headerLength(bytes);
        int start = LENGTH_BYTES + headerLength;
        ByteBuffer data =
                ByteBuffer.wrap(bytes, start, bytes.length - start).slice().order(ByteOrder.LITTLE_ENDIAN);
        List<TensorEntry> entries = new ArrayList<>();
        readHeader(bytes, headerLength).properties().forEach(member -> {
            if (member.getKey().equals(METADATA) == false) {
                entries.add(TensorEntry.parse(member.getKey(), member.getValue(), data.capacity()));
            }
        });
        requireNoGapsAndNoOverlaps(entries, data.capacity());
        Map<String, Tensor> tensors = new TreeMap<>();
        entries.forEach(entry -> tensors.put(entry.name(), entry.read(data)));
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

    private static JsonNode readHeader(byte[] bytes, int length) {
        try {
            JsonNode header = JSON.readTree(new String(bytes, LENGTH_BYTES, length, StandardCharsets.UTF_8));
            if (header instanceof ObjectNode) {
                return header;
            }
        } catch (JsonProcessingException e) {
            throw new InvalidArtifactException("weights: the header is not valid JSON: " + e.getOriginalMessage(), e);
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

    /** Bytes that several tensors share would let a small file ask for any amount of memory. */
    private static void requireNoGapsAndNoOverlaps(List<TensorEntry> entries, int capacity) {
        entries.sort(Comparator.comparingInt(TensorEntry::begin).thenComparingInt(TensorEntry::end));
        int end = 0;
        for (TensorEntry entry : entries) {
            if (entry.begin() != end) {
                throw entry.fault(
                        "begins at byte " + entry.begin() + " of the data, but the one before it ends at byte " + end);
            }
            end = entry.end();
        }
        if (end != capacity) {
            throw new InvalidArtifactException(
                    "weights: the tensors end at byte " + end + " of " + capacity + " bytes of data");
        }
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
