package org.opensearch.ralm.plugin.feed;

import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.common.io.stream.Writeable;
import org.opensearch.core.xcontent.ToXContentObject;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.ralm.plugin.system.ShownValue;
import org.opensearch.ralm.plugin.system.Wire;

/**
 * What belongs together: candidates, their clicks, the users who may like them, and the model that compares the two.
 *
 * @param name the feed's name
 * @param candidates the index, or alias, of the candidates
 * @param clicks the index, or alias, of the clicks: a document a (candidate, user); null if candidates have no seeds but
 *     those they list themselves
 * @param users the index of the look-alike vectors: a document a user, the vector in {@code vector}
 * @param model the id of the model the vectors were made by
 * @param field the candidates' field of type {@code ralm_seeds}
 * @param seeds how a candidate's seeds become its block
 * @param refresh how often candidates are brought up to date with their clicks
 */
public record Feed(
        String name,
        String candidates,
        String clicks,
        String users,
        String model,
        String field,
        SeedRules seeds,
        RefreshRules refresh)
        implements Writeable, ToXContentObject {

    private static final String NAMES = "[A-Za-z0-9][A-Za-z0-9._@-]{0,127}";
    private static final int BYTES_WITHOUT_NAMES = 1_000;

    /**
     * Checks the name of a feed.
     *
     * @throws IllegalArgumentException if no feed can have it
     */
    public static String requireName(String name) {
        if (name.matches(NAMES) == false) {
            throw new IllegalArgumentException("a feed's name must be 1 to 128 letters, digits and . _ - @, the first "
                    + "a letter or digit, but is [" + ShownValue.of(name) + "]");
        }
        return name;
    }

    /** Reads it from the wire. */
    public static Feed read(StreamInput in) throws IOException {
        StreamInput members = Wire.open(in, "feed");
        return new Feed(
                members.readString(),
                members.readString(),
                members.readOptionalString(),
                members.readString(),
                members.readString(),
                members.readString(),
                SeedRules.read(members),
                RefreshRules.read(members));
    }

    /** Reads the source of a document of the registry. */
    static Feed ofSource(Map<String, Object> source) {
        return new Feed(
                (String) source.get("feed"),
                (String) source.get("candidates"),
                (String) source.get("clicks"),
                (String) source.get("users"),
                (String) source.get("model"),
                (String) source.get("field"),
                SeedRules.ofSource(source),
                RefreshRules.ofSource(source));
    }

    /** Whether there are clicks to take seeds from. */
    public boolean hasClicks() {
        return clicks != null;
    }

    /** About what it takes of the memory. */
    long memoryBytes() {
        long characters = Stream.concat(
                        Stream.of(name, candidates, hasClicks() ? clicks : "", users, model, field),
                        seeds.contentFields().stream())
                .mapToLong(String::length)
                .sum();
        return BYTES_WITHOUT_NAMES + 2 * characters;
    }

    /** The same feed with other rules for its seeds. */
    Feed withSeeds(SeedRules rules) {
        return new Feed(name, candidates, clicks, users, model, field, rules, refresh);
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        Wire.write(out, members -> {
            members.writeString(name);
            members.writeString(candidates);
            members.writeOptionalString(clicks);
            members.writeString(users);
            members.writeString(model);
            members.writeString(field);
            seeds.writeTo(members);
            refresh.writeTo(members);
        });
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        builder.startObject().field("feed", name).field("candidates", candidates);
        if (hasClicks()) {
            builder.field("clicks", clicks);
        }
        builder.field("users", users).field("model", model).field("field", field);
        seeds.toXContent(builder, params);
        refresh.toXContent(builder, params);
        return builder.endObject();
    }
}
