package org.opensearch.ralm.plugin.feed;

import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.common.io.stream.Writeable;
import org.opensearch.core.xcontent.ToXContentObject;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.ralm.plugin.system.Wire;

/**
 * The last change of a feed's model, and what is in the slot beside the one that searches go by: the model that is being
 * prepared, or the one that was in use before.
 *
 * @param state how far the change is
 * @param model the model of the slot beside
 * @param users the index of its users' vectors
 * @param beside what is done with that slot
 * @param startedAt when the change was asked for
 * @param changedAt when it came to this state
 */
public record Rollout(State state, String model, String users, Beside beside, Instant startedAt, Instant changedAt)
        implements Writeable, ToXContentObject {

    /** How far a change of the model is. */
    public enum State {
        /** The slot beside is being filled for the new model. */
        PREPARING,
        /** Searches go by the new model; the one before is in the slot beside. */
        ACTIVE,
        /** Searches go by the model before again; the new one is in the slot beside. */
        ROLLED_BACK,
        /** It was given up before searches went by the new model. */
        CANCELLED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What is done with the slot beside the one that searches go by. */
    public enum Beside {
        /** It is kept in step with clicks and candidates as the other one is. */
        LIVE,
        /** What is in it is being taken out. */
        PRUNING,
        /** Nothing is in it. */
        PRUNED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Reads it from the wire. */
    public static Rollout read(StreamInput in) throws IOException {
        StreamInput members = Wire.open(in, "rollout");
        return new Rollout(
                members.readEnum(State.class),
                members.readString(),
                members.readString(),
                members.readEnum(Beside.class),
                members.readInstant(),
                members.readInstant());
    }

    /** Begins a change to a model. */
    static Rollout to(String model, String users, Instant now) {
        return new Rollout(State.PREPARING, model, users, Beside.LIVE, now, now);
    }

    /** Reads the member of a feed in the registry. */
    static Rollout ofSource(Map<?, ?> source) {
        return new Rollout(
                State.valueOf(text(source, "state").toUpperCase(Locale.ROOT)),
                text(source, "model"),
                text(source, "users"),
                Beside.valueOf(text(source, "beside").toUpperCase(Locale.ROOT)),
                Instant.parse(text(source, "started_at")),
                Instant.parse(text(source, "changed_at")));
    }

    private static String text(Map<?, ?> source, String member) {
        return (String) source.get(member);
    }

    /** The same change in another state, the slot beside as it is. */
    public Rollout in(State other, Instant now) {
        return new Rollout(other, model, users, beside, startedAt, now);
    }

    /** The same change when something else is done with the slot beside. */
    public Rollout with(Beside other) {
        return new Rollout(state, model, users, other, startedAt, changedAt);
    }

    Rollout ofOther(String otherModel, String otherUsers) {
        return new Rollout(state, otherModel, otherUsers, beside, startedAt, changedAt);
    }

    /** Whether the new model is yet to be used. */
    public boolean isPreparing() {
        return state == State.PREPARING;
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        Wire.write(out, members -> {
            members.writeEnum(state);
            members.writeString(model);
            members.writeString(users);
            members.writeEnum(beside);
            members.writeInstant(startedAt);
            members.writeInstant(changedAt);
        });
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        return builder.startObject()
                .field("state", state.toString())
                .field("model", model)
                .field("users", users)
                .field("beside", beside.toString())
                .field("started_at", startedAt.toString())
                .field("changed_at", changedAt.toString())
                .endObject();
    }
}
