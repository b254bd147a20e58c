package org.opensearch.ralm.plugin.system;

import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import org.opensearch.common.xcontent.StatusToXContentObject;
import org.opensearch.core.action.ActionResponse;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.core.xcontent.XContentBuilder;

/** What became of a model or feed that was put or deleted. */
public final class WriteResponse extends ActionResponse implements StatusToXContentObject {

    /** What happened. */
    public enum Result {
        /** It is new. */
        CREATED,
        /** It was replaced. */
        UPDATED,
        /** It was there already, just the same. */
        UNCHANGED,
        /** It is gone. */
        DELETED
    }

    private final String name;
    private final Result result;

    /**
     * @param name the name of the model or feed
     * @param result what happened
     */
    public WriteResponse(String name, Result result) {
        this.name = name;
        this.result = result;
    }

    /** Reads it from the wire. */
    public WriteResponse(StreamInput in) throws IOException {
        StreamInput members = Wire.open(in, "result");
        this.name = members.readString();
        this.result = members.readEnum(Result.class);
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        Wire.write(out, members -> {
            members.writeString(name);
            members.writeEnum(result);
        });
    }

    /** What happened. */
    public Result result() {
        return result;
    }

    @Override
    public RestStatus status() {
        return result == Result.CREATED ? RestStatus.CREATED : RestStatus.OK;
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        return builder.startObject()
                .field("id", name)
                .field("result", result.name().toLowerCase(Locale.ROOT))
                .endObject();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WriteResponse response && name.equals(response.name) && result == response.result;
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, result);
    }
}
