package org.opensearch.ralm.plugin.score;

import java.io.IOException;
import java.util.Set;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.common.io.stream.Writeable;
import org.opensearch.core.xcontent.ToXContentObject;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.ralm.plugin.system.Wire;

/**
 * Has recent clicks count beside the look-alike score: log(clicks + 1/2) + w·γ·score.
 *
 * @param field a numeric field of candidates with doc values, how often each was clicked lately
 * @param weight w, at least 0
 */
record Popularity(String field, double weight) implements Writeable, ToXContentObject {

    private static final double DEFAULT_WEIGHT = 0.5;

    static Popularity read(StreamInput in) throws IOException {
        StreamInput members = Wire.open(in, "popularity");
        return new Popularity(members.readString(), members.readDouble());
    }

    /**
     * Reads and checks its members.
     *
     * @param members null if there are none
     * @return null if there are none
     * @throws IllegalArgumentException naming the member, its value and what was expected
     */
    static Popularity of(RequestMembers members) {
        if (members == null) {
            return null;
        }
        members.requireKnown(Set.of("field", "weight"), "[popularity.field] and [popularity.weight]");
        String field = members.text("field");
        if (field == null) {
            throw new IllegalArgumentException("[popularity.field] of [ralm_score] is missing");
        }
        Double weight = members.weight("weight");
        return new Popularity(field, weight == null ? DEFAULT_WEIGHT : weight);
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        Wire.write(out, members -> {
            members.writeString(field);
            members.writeDouble(weight);
        });
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        return builder.startObject()
                .field("field", field)
                .field("weight", weight)
                .endObject();
    }
}
