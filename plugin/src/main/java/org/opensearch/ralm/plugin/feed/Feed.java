package org.opensearch.ralm.plugin.feed;

import java.io.IOException;
import java.util.Map;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.common.io.stream.Writeable;
import org.opensearch.core.xcontent.ToXContentObject;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.ralm.block.Encoding;

/**
 * What belongs together: candidates, the users who may like them, and the model that compares the two.
 *
 * @param name the feed's name
 * @param candidates the index, or alias, of the candidates
 * @param users the index of the look-alike vectors: a document a user, the vector in {@code vector}
 * @param model the id of the model the vectors were made by
 * @param field the candidates' field of type {@code ralm_seeds}
 * @param k how many clusters a candidate's seeds form at most, 1 to 128
 * @param encoding how seed blocks are stored
 */
public record Feed(String name, String candidates, String users, String model, String field, int k, Encoding encoding)
        implements Writeable, ToXContentObject {

    /** Reads it from the wire. */
    public Feed(StreamInput in) throws IOException {
        this(
                in.readString(),
                in.readString(),
                in.readString(),
                in.readString(),
                in.readString(),
                in.readVInt(),
                in.readEnum(Encoding.class));
    }

    /** Reads the source of a document of the registry. */
    static Feed ofSource(Map<String, Object> source) {
        return new Feed(
                (String) source.get("feed"),
                (String) source.get("candidates"),
                (String) source.get("users"),
                (String) source.get("model"),
                (String) source.get("field"),
                ((Number) source.get("k")).intValue(),
                Encoding.ofName((String) source.get("encoding")));
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeString(name);
        out.writeString(candidates);
        out.writeString(users);
        out.writeString(model);
        out.writeString(field);
        out.writeVInt(k);
        out.writeEnum(encoding);
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        return builder.startObject()
                .field("feed", name)
                .field("candidates", candidates)
                .field("users", users)
                .field("model", model)
                .field("field", field)
                .field("k", k)
                .field("encoding", encoding.toString())
                .endObject();
    }
}
