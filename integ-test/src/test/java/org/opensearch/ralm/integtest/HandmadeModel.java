package org.opensearch.ralm.integtest;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * A model as somebody else's program would write it, with no more to go by than the documented format: tensors in an order
 * of its own, each a row of little-endian floats, behind a JSON header, and a {@code model.json} of the required members.
 */
final class HandmadeModel {
    static final int DIMENSION = 8;

    private static final int UNIVERSAL = 5;
    private static final int ATTENTION = 3;

    private final String manifest;
    private final byte[] weights;

    HandmadeModel(String id, long seed) {
        Map<String, int[]> shapes = new LinkedHashMap<>();
        shapes.put("local.weight", new int[] {DIMENSION, DIMENSION});
        shapes.put("global.vector", new int[] {ATTENTION});
        shapes.put("transform.weight", new int[] {UNIVERSAL, DIMENSION});
        shapes.put("global.weight", new int[] {DIMENSION, ATTENTION});
        shapes.put("transform.slope", new int[] {1});
        shapes.put("transform.bias", new int[] {DIMENSION});
        this.weights = weights(shapes, new Random(seed));
        this.manifest =
                """
                {"format": "ralm-model", "format_version": 1, "id": "%s", "universal_dimension": %s, "dimension": %s,
                 "attention_dimension": %s, "form": {"activation": "prelu", "unit_length": true, "local_temperature": 5,
                 "local_size_weight": 1, "global_size_weight": 1}, "clusters": 4, "alpha": 0.4, "beta": 0.6,
                 "calibration": {"gamma": 8, "bias": -2}, "weights_sha256": "%s"}"""
                        .formatted(id, UNIVERSAL, DIMENSION, ATTENTION, sha256(weights));
    }

    private static byte[] weights(Map<String, int[]> shapes, Random random) {
        StringBuilder header = new StringBuilder("{\"__metadata__\": {\"made_by\": \"hand\"}");
        int end = 0;
        for (Map.Entry<String, int[]> tensor : shapes.entrySet()) {
            int begin = end;
            int[] shape = tensor.getValue();
            end += Float.BYTES * shape[0] * (shape.length == 2 ? shape[1] : 1);
            header.append(", \"%s\": {\"dtype\": \"F32\", \"shape\": %s, \"data_offsets\": [%s, %s]}"
                    .formatted(tensor.getKey(), Arrays.toString(shape), begin, end));
        }
        byte[] json = header.append('}').toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + json.length + end).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length).put(json);
        while (bytes.hasRemaining()) {
            bytes.putFloat((float) random.nextGaussian() / 2);
        }
        return bytes.array();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    byte[] manifest() {
        return manifest.getBytes(StandardCharsets.UTF_8);
    }

    byte[] weights() {
        return weights;
    }

    /** The body of an upload. */
    String upload() {
        return "{\"model\": " + manifest + ", \"weights\": \""
                + Base64.getEncoder().encodeToString(weights) + "\"}";
    }
}
