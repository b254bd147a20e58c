package org.opensearch.ralm.plugin.audience;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.common.io.stream.Writeable;
import org.opensearch.core.xcontent.ToXContentFragment;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.ralm.plugin.exposure.ExposureRule;
import org.opensearch.ralm.plugin.score.ScoreOutput;
import org.opensearch.ralm.plugin.system.ShownValue;
import org.opensearch.ralm.plugin.system.Wire;

/**
 * Whose audience is asked for, as the caller says it.
 *
 * @param feed the feed
 * @param candidate the candidate's id
 * @param routing the candidate's own; null if it has none
 * @param excludeSeeds whether users who are among the seeds are no matches
 * @param exposure which part of all users, the best for the candidate, matches; null for all
 * @param output what a hit's score is
 */
record AudienceRequest(
        String feed, String candidate, String routing, boolean excludeSeeds, ExposureRule exposure, ScoreOutput output)
        implements Writeable, ToXContentFragment {

    private static final Set<String> MEMBERS =
            Set.of("feed", "candidate", "routing", "exclude_seeds", "top_percent", "score");
    private static final int LONGEST = 512;

    static AudienceRequest read(StreamInput in) throws IOException {
        StreamInput members = Wire.open(in, "ralm_audience");
        String feed = members.readString();
        String candidate = members.readString();
        boolean excludeSeeds = members.readBoolean();
        ExposureRule exposure = members.readOptionalWriteable(ExposureRule::read);
        ScoreOutput output = members.readEnum(ScoreOutput.class);
        String routing = members.available() == 0 ? null : members.readString();
        return new AudienceRequest(feed, candidate, routing, excludeSeeds, exposure, output);
    }

    /**
     * Reads and checks the members of a query.
     *
     * @throws IllegalArgumentException naming the member, its value and what was expected
     */
    static AudienceRequest of(Map<String, Object> members) {
        for (String name : members.keySet()) {
            if (MEMBERS.contains(name) == false) {
                throw new IllegalArgumentException("[" + ShownValue.of(name)
                        + "] is not a known member of [ralm_audience], expected [feed] and [candidate], and any of "
                        + "[routing], [exclude_seeds], [top_percent], [score] and [query]");
            }
        }
        Object percent = members.get("top_percent");
        return new AudienceRequest(
                text(members, "feed"),
                text(members, "candidate"),
                members.get("routing") == null ? null : text(members, "routing"),
                excludeSeeds(members.get("exclude_seeds")),
                percent == null ? null : new ExposureRule(ExposureRule.percent(percent)),
                ScoreOutput.of(members.get("score")));
    }

    private static boolean excludeSeeds(Object value) {
        if (value == null || value instanceof Boolean) {
            return value == null || (Boolean) value;
        }
        throw new IllegalArgumentException(
                "[exclude_seeds] must be true or false, but is [" + ShownValue.of(value) + "]");
    }

    private static String text(Map<String, Object> members, String name) {
        Object value = members.get(name);
        if (value == null) {
            throw new IllegalArgumentException("[" + name + "] of [ralm_audience] is missing");
        }
        boolean number = name.equals("candidate") && (value instanceof Integer || value instanceof Long);
        String text = value instanceof String || number ? value.toString() : "";
        if (text.isEmpty() || text.length() > LONGEST) {
            throw new IllegalArgumentException("[" + name + "] must be a string of 1 to " + LONGEST
                    + " characters, but is [" + ShownValue.of(value) + "]");
        }
        return text;
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        Wire.write(out, members -> {
            members.writeString(feed);
            members.writeString(candidate);
            members.writeBoolean(excludeSeeds);
            members.writeOptionalWriteable(exposure);
            members.writeEnum(output);
            // Not demanded: shards go by what is resolved, and do not look for the candidate themselves.
            if (routing != null) {
                members.writeString(routing);
            }
        });
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        builder.field("feed", feed).field("candidate", candidate);
        if (routing != null) {
            builder.field("routing", routing);
        }
        builder.field("exclude_seeds", excludeSeeds);
        if (exposure != null) {
            builder.field("top_percent", exposure.topPercent());
        }
        return builder.field("score", output.toString());
    }
}
