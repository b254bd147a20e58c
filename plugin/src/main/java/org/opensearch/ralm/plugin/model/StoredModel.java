package org.opensearch.ralm.plugin.model;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import org.opensearch.common.xcontent.XContentFactory;
import org.opensearch.common.xcontent.XContentType;
import org.opensearch.core.common.bytes.BytesReference;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.common.io.stream.Writeable;
import org.opensearch.core.xcontent.ToXContentObject;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.ralm.plugin.system.Wire;

/**
 * What the registry says of a model, without its weights.
 *
 * @param id the model's name
 * @param dimension the width of its look-alike vectors
 * @param fingerprint its content fingerprint, in hexadecimal digits
 * @param uploadedAt when it was uploaded, in milliseconds since 1970
 * @param weightsBytes the size of its weights
 * @param manifest its {@code model.json}
 */
record StoredModel(
        String id, int dimension, String fingerprint, long uploadedAt, long weightsBytes, BytesReference manifest)
        implements Writeable, ToXContentObject {

    static StoredModel read(StreamInput in) throws IOException {
        StreamInput members = Wire.open(in, "model");
        return new StoredModel(
                members.readString(),
                members.readVInt(),
                members.readString(),
                members.readLong(),
                members.readVLong(),
                members.readBytesReference());
    }

    /** Reads the source of a document of the registry. */
    static StoredModel ofSource(Map<String, Object> source) {
        return new StoredModel(
                (String) source.get("id"),
                ((Number) source.get("dimension")).intValue(),
                (String) source.get("fingerprint"),
                ((Number) source.get("uploaded_at")).longValue(),
                weightsBytes(source),
                json(Objects.requireNonNull(source.get("model"))));
    }

    /** The size of the weights, by the source of a document of the registry. */
    static long weightsBytes(Map<String, Object> source) {
        return ((Number) source.get("weights_bytes")).longValue();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        Wire.write(out, members -> {
            members.writeString(id);
            members.writeVInt(dimension);
            members.writeString(fingerprint);
            members.writeLong(uploadedAt);
            members.writeVLong(weightsBytes);
            members.writeBytesReference(manifest);
        });
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        builder.startObject();
        writeMembers(builder);
        return builder.endObject();
    }

    void writeMembers(XContentBuilder builder) throws IOException {
        builder.field("id", id)
                .field("dimension", dimension)
                .field("fingerprint", fingerprint)
                .field("uploaded_at", uploadedAt)
                .field("weights_bytes", weightsBytes);
        try (InputStream in = manifest.streamInput()) {
            builder.rawField("model", in, XContentType.JSON);
        }
    }

    static BytesReference json(Object value) {
        try (XContentBuilder builder = XContentFactory.jsonBuilder()) {
            return BytesReference.bytes(builder.value(value));
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot be written as JSON", e);
        }
    }
}
