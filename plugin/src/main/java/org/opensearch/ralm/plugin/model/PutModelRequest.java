package org.opensearch.ralm.plugin.model;

import java.io.IOException;
import java.util.Base64;
import org.opensearch.action.ActionRequest;
import org.opensearch.action.ActionRequestValidationException;
import org.opensearch.common.xcontent.XContentFactory;
import org.opensearch.core.common.bytes.BytesArray;
import org.opensearch.core.common.bytes.BytesReference;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.core.xcontent.XContentParser;
import org.opensearch.ralm.plugin.system.Wire;

/** Uploads a model: {@code {"model": {…model.json…}, "weights": "<base64 of weights.safetensors>"}}. */
final class PutModelRequest extends ActionRequest {

    private final String id;
    private final BytesReference manifest;
    private final BytesReference weights;

    PutModelRequest(String id, BytesReference manifest, BytesReference weights) {
        this.id = id;
        this.manifest = manifest;
        this.weights = weights;
    }

    PutModelRequest(StreamInput in) throws IOException {
        super(in);
        StreamInput members = Wire.open(in, "model");
        this.id = members.readString();
        this.manifest = members.readBytesReference();
        this.weights = members.readBytesReference();
    }

    /** Reads the body of the REST request; faults name the member. */
    static PutModelRequest parse(String id, XContentParser parser) throws IOException {
        BytesReference manifest = null;
        BytesReference weights = null;
        if (parser.nextToken() != XContentParser.Token.START_OBJECT) {
            throw new IllegalArgumentException("the body must be a JSON object with [model] and [weights]");
        }
        while (parser.nextToken() != XContentParser.Token.END_OBJECT) {
            String name = parser.currentName();
            XContentParser.Token token = parser.nextToken();
            switch (name) {
                case "model" -> {
                    require(token == XContentParser.Token.START_OBJECT, "[model] must be an object: the model.json");
                    try (XContentBuilder json = XContentFactory.jsonBuilder()) {
                        manifest = BytesReference.bytes(json.copyCurrentStructure(parser));
                    }
                }
                case "weights" -> {
                    require(token == XContentParser.Token.VALUE_STRING, "[weights] must be a string of base64");
                    weights = decode(parser.text());
                }
                default ->
                    throw new IllegalArgumentException(
                            "[" + name + "] is not a known member, expected [model] and [weights]");
            }
        }
        require(manifest != null, "[model] is missing: the model.json");
        require(weights != null, "[weights] is missing: weights.safetensors in base64");
        return new PutModelRequest(id, manifest, weights);
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        Wire.write(out, members -> {
            members.writeString(id);
            members.writeBytesReference(manifest);
            members.writeBytesReference(weights);
        });
    }

    @Override
    public ActionRequestValidationException validate() {
        return null;
    }

    String id() {
        return id;
    }

    BytesReference manifest() {
        return manifest;
    }

    BytesReference weights() {
        return weights;
    }

    private static BytesReference decode(String base64) {
        try {
            return new BytesArray(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("[weights] is not base64: " + e.getMessage(), e);
        }
    }

    private static void require(boolean condition, String message) {
        if (condition == false) {
            throw new IllegalArgumentException(message);
        }
    }
}
