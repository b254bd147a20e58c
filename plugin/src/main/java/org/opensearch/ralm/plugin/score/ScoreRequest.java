package org.opensearch.ralm.plugin.score;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.common.io.stream.Writeable;
import org.opensearch.core.xcontent.ToXContentFragment;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.ralm.plugin.exposure.ExposureRule;
import org.opensearch.ralm.plugin.system.Wire;

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
 * @param popularity how recent clicks count beside it; null if they do not
 * @param missingUser what to do where the user has no vector
 * @param exposure to which part of all users, the best for it, a candidate is shown; null for all
 */
record ScoreRequest(
        String feed,
        String userId,
        String field,
        float[] userVector,
        String model,
        Double alpha,
        Double beta,
        ScoreOutput output,
        Popularity popularity,
        MissingUser missingUser,
        ExposureRule exposure)
        implements Writeable, ToXContentFragment {

    private static final Set<String> MEMBERS = Set.of(
            "feed",
            "user_id",
            "field",
            "user_vector",
            "model",
            "alpha",
            "beta",
            "score",
            "popularity",
            "missing_user",
            "exposure");

    static ScoreRequest read(StreamInput in) throws IOException {
        StreamInput members = Wire.open(in, "ralm_score");
        return new ScoreRequest(
                members.readOptionalString(),
                members.readOptionalString(),
                members.readOptionalString(),
                members.readBoolean() ? members.readFloatArray() : null,
                members.readOptionalString(),
                members.readOptionalDouble(),
                members.readOptionalDouble(),
                members.readEnum(ScoreOutput.class),
                members.readOptionalWriteable(Popularity::read),
                members.readEnum(MissingUser.class),
                members.readOptionalWriteable(ExposureRule::read));
    }

    /**
     * Reads and checks the members of a query or the parameters of a script.
     *
     * @throws IllegalArgumentException naming the member, its value and what was expected
     */
    static ScoreRequest of(Map<String, Object> members) {
        return of(RequestMembers.of(members));
    }

    private static ScoreRequest of(RequestMembers members) {
        members.requireKnown(
                MEMBERS,
                "[feed] and [user_id], or [field], [user_vector] and [model], and any of [alpha], [beta], [exposure],"
                        + " [missing_user], [popularity] and [score]");
        ScoreRequest request = new ScoreRequest(
                members.text("feed"),
                members.text("user_id"),
                members.text("field"),
                members.vector("user_vector"),
                members.text("model"),
                members.weight("alpha"),
                members.weight("beta"),
                members.choice("score", ScoreOutput.values()),
                Popularity.of(members.object("popularity")),
                members.choice("missing_user", MissingUser.values()),
                ExposureRule.of(members.value("exposure")));
        request.checkTarget();
        request.checkScore();
        return request;
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        Wire.write(out, members -> {
            members.writeOptionalString(feed);
            members.writeOptionalString(userId);
            members.writeOptionalString(field);
            members.writeBoolean(userVector != null);
            if (userVector != null) {
                members.writeFloatArray(userVector);
            }
            members.writeOptionalString(model);
            members.writeOptionalDouble(alpha);
            members.writeOptionalDouble(beta);
            members.writeEnum(output);
            members.writeOptionalWriteable(popularity);
            members.writeEnum(missingUser);
            members.writeOptionalWriteable(exposure);
        });
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        if (feed != null) {
            builder.field("feed", feed).field("user_id", userId).field("missing_user", missingUser.toString());
        } else {
            builder.field("field", field).array("user_vector", userVector).field("model", model);
        }
        if (alpha != null) {
            builder.field("alpha", alpha);
        }
        if (beta != null) {
            builder.field("beta", beta);
        }
        if (popularity != null) {
            builder.field("popularity", popularity);
        }
        if (exposure != null) {
            builder.field("exposure", exposure);
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
            requireKnownUser();
        }
    }

    private void requireKnownUser() {
        if (missingUser != MissingUser.ERROR) {
            throw new IllegalArgumentException("[missing_user] is [" + missingUser
                    + "], but there is a [user_vector]: only the user of a [feed] can be missing");
        }
    }

    private void checkScore() {
        if (alpha != null && beta != null && alpha + beta == 0) {
            throw new IllegalArgumentException("[alpha] and [beta] must not both be 0");
        }
        if (exposure != null && (alpha != null || beta != null)) {
            throw new IllegalArgumentException(
                    "[exposure] goes by thresholds of scores with the model's own weights, so [alpha] and [beta] must "
                            + "not be given with it");
        }
        if (popularity != null && output == ScoreOutput.PROBABILITY) {
            throw new IllegalArgumentException(
                    "[score] must not be [probability] beside [popularity]: mixed with clicks it is none");
        }
    }

    private static void require(String name, Object value) {
        if (value == null) {
            throw new IllegalArgumentException("[" + name + "] of [ralm_score] is missing");
        }
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
                && output == request.output
                && Objects.equals(popularity, request.popularity)
                && missingUser == request.missingUser
                && Objects.equals(exposure, request.exposure);
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                feed,
                userId,
                field,
                Arrays.hashCode(userVector),
                model,
                alpha,
                beta,
                output,
                popularity,
                missingUser,
                exposure);
    }
}
