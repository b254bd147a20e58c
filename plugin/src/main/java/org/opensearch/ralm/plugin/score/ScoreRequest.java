package org.opensearch.ralm.plugin.score;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.common.io.stream.Writeable;
import org.opensearch.core.xcontent.ToXContentFragment;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.ralm.block.SeedBlock;

/**
 * Whom to score against what, as the caller says it: a user of a feed, or a vector under a model.
 *
 * <p>The query and the script share it, so that both refuse the same faults in the same words.
 *
 * @param feed the feed; null where a vector is given
 * @param userId the user; null where a vector is given
 * @param field the field of seed blocks; null where a feed is given
 * @param userVector the user's look-alike vector; null where a feed is given. Not to be changed
 * @param model the id of the model the vector was made by; null where a feed is given
 * @param alpha weight of the global cosine, at least 0; null for the model's
 * @param beta weight of the local cosine, at least 0; null for the model's
 * @param output what a hit's score is
 */
record ScoreRequest(
        String feed,
        String userId,
        String field,
        float[] userVector,
        String model,
        Double alpha,
        Double beta,
        ScoreOutput output)
        implements Writeable, ToXContentFragment {

    private static final Set<String> MEMBERS =
            Set.of("feed", "user_id", "field", "user_vector", "model", "alpha", "beta", "score");

    ScoreRequest(StreamInput in) throws IOException {
        this(
                in.readOptionalString(),
                in.readOptionalString(),
                in.readOptionalString(),
                in.readBoolean() ? in.readFloatArray() : null,
                in.readOptionalString(),
                in.readOptionalDouble(),
                in.readOptionalDouble(),
                in.readEnum(ScoreOutput.class));
    }

    /**
     * Reads and checks the members of a query or the parameters of a script.
     *
     * @throws IllegalArgumentException naming the member, its value and what was expected
     */
    static ScoreRequest of(Map<String, Object> members) {
        for (String name : members.keySet()) {
            if (MEMBERS.contains(name) == false) {
                throw new IllegalArgumentException("[" + shown(name)
                        + "] is not a known member of [ralm_score], expected [feed] and [user_id], or "
                        + "[field], [user_vector] and [model], and any of [alpha], [beta] and [score]");
            }
        }
        ScoreRequest request = new ScoreRequest(
                text(members, "feed"),
                text(members, "user_id"),
                text(members, "field"),
                vector(members.get("user_vector")),
                text(members, "model"),
                weight(members, "alpha"),
                weight(members, "beta"),
                members.get("score") == null ? ScoreOutput.SIMILARITY : ScoreOutput.of(members.get("score")));
        request.checkTarget();
        return request;
    }

    /** A value as it may be shown in a message: not more than its beginning. */
    static String shown(Object value) {
        String text = String.valueOf(value);
        return text.length() <= 64 ? text : text.substring(0, 64) + "… (" + text.length() + " characters)";
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeOptionalString(feed);
        out.writeOptionalString(userId);
        out.writeOptionalString(field);
        out.writeBoolean(userVector != null);
        if (userVector != null) {
            out.writeFloatArray(userVector);
        }
        out.writeOptionalString(model);
        out.writeOptionalDouble(alpha);
        out.writeOptionalDouble(beta);
        out.writeEnum(output);
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        if (feed != null) {
            builder.field("feed", feed).field("user_id", userId);
        } else {
            builder.field("field", field).array("user_vector", userVector).field("model", model);
        }
        if (alpha != null) {
            builder.field("alpha", alpha);
        }
        if (beta != null) {
            builder.field("beta", beta);
        }
        return builder.field("score", output.toString());
    }

    private void checkTarget() {
        boolean byUser = feed != null || userId != null;
        boolean byVector = field != null || userVector != null || model != null;
        if (byUser == byVector) {
            throw new IllegalArgumentException(
                    "[ralm_score] needs either [feed] and [user_id], or [field], [user_vector] and [model]");
        }
        if (byUser) {
            require("feed", feed);
            require("user_id", userId);
        } else {
            require("field", field);
            require("user_vector", userVector);
            require("model", model);
        }
        if (alpha != null && beta != null && alpha + beta == 0) {
            throw new IllegalArgumentException("[alpha] and [beta] must not both be 0");
        }
    }

    private static void require(String name, Object value) {
        if (value == null) {
            throw new IllegalArgumentException("[" + name + "] of [ralm_score] is missing");
        }
    }

    private static String text(Map<String, Object> members, String name) {
        Object value = members.get(name);
        if (value == null) {
            return null;
        }
        boolean number = name.equals("user_id") && (value instanceof Integer || value instanceof Long);
        String text = value instanceof String || number ? value.toString() : "";
        if (text.isEmpty() || text.length() > 512) {
            throw new IllegalArgumentException(
                    "[" + name + "] must be a string of 1 to 512 characters, but is [" + shown(value) + "]");
        }
        return text;
    }

    private static Double weight(Map<String, Object> members, String name) {
        Object value = members.get(name);
        if (value == null) {
            return null;
        }
        double weight = value instanceof Number number ? number.doubleValue() : Double.NaN;
        if ((weight >= 0 && weight <= 1e6) == false) {
            throw new IllegalArgumentException(
                    "[" + name + "] must be a number from 0 to 1000000, but is [" + shown(value) + "]");
        }
        return weight;
    }

    private static float[] vector(Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof List<?> == false) {
            throw new IllegalArgumentException(
                    "[user_vector] must be an array of numbers, but is [" + shown(value) + "]");
        }
        List<?> numbers = (List<?>) value;
        if (numbers.isEmpty() || numbers.size() > SeedBlock.MAX_DIMENSION) {
            throw new IllegalArgumentException("[user_vector] must hold 1 to " + SeedBlock.MAX_DIMENSION
                    + " numbers, but holds " + numbers.size());
        }
        float[] vector = new float[numbers.size()];
        for (int d = 0; d < vector.length; d++) {
            vector[d] = numbers.get(d) instanceof Number number ? number.floatValue() : Float.NaN;
            if (Float.isFinite(vector[d]) == false) {
                throw new IllegalArgumentException(
                        "[user_vector] must hold finite numbers, but holds [" + shown(numbers.get(d)) + "] at " + d);
            }
        }
        return vector;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ScoreRequest request
                && Objects.equals(feed, request.feed)
                && Objects.equals(userId, request.userId)
                && Objects.equals(field, request.field)
                && Arrays.equals(userVector, request.userVector)
                && Objects.equals(model, request.model)
                && Objects.equals(alpha, request.alpha)
                && Objects.equals(beta, request.beta)
                && output == request.output;
    }

    @Override
    public int hashCode() {
        return Objects.hash(feed, userId, field, Arrays.hashCode(userVector), model, alpha, beta, output);
    }
}
