package org.opensearch.ralm.plugin.health;

import java.io.IOException;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.common.io.stream.Writeable;
import org.opensearch.core.xcontent.ToXContentObject;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.ralm.plugin.system.Wire;

/**
 * Something that is not well.
 *
 * @param feed whose; null for the whole cluster
 * @param detail what was found
 */
record Finding(Reason reason, String feed, String detail) implements Writeable, ToXContentObject {

    static Finding read(StreamInput in) throws IOException {
        StreamInput members = Wire.open(in, "finding of the health");
        return new Finding(Reason.valueOf(members.readString()), members.readOptionalString(), members.readString());
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        Wire.write(out, members -> {
            members.writeString(reason.name());
            members.writeOptionalString(feed);
            members.writeString(detail);
        });
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        builder.startObject()
                .field("reason", reason.toString())
                .field("status", reason.status().toString());
        if (feed != null) {
            builder.field("feed", feed);
        }
        return builder.field("detail", detail).field("advice", reason.advice()).endObject();
    }
}
