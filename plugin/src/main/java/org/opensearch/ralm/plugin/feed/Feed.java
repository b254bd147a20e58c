package org.opensearch.ralm.plugin.feed;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.opensearch.common.Nullable;
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
 * @param field the candidates' field of type {@code ralm_seeds} that searches go by
 * @param seeds how a candidate's seeds become its block
 * @param refresh how often candidates are brought up to date with their clicks
 * @param slot which of the two slots for blocks and vectors {@code field} is of: 0 as the feed was defined, 1 beside it
 * @param rollout the last change of the model; null if there was none
 */
public record Feed(
        String name,
        String candidates,
        String clicks,
        String users,
        String model,
        String field,
        SeedRules seeds,
        RefreshRules refresh,
        int slot,
        @Nullable Rollout rollout)
        implements Writeable, ToXContentObject {

    private static final String NAMES = "[A-Za-z0-9][A-Za-z0-9._@-]{0,127}";
    private static final int BYTES_WITHOUT_NAMES = 1_000;
    private static final String BLOCK = ".seeds";
    private static final String SECOND = "_2" + BLOCK;

    /** A feed whose model was never changed. */
    public Feed(
            String name,
            String candidates,
            String clicks,
            String users,
            String model,
            String field,
            SeedRules seeds,
            RefreshRules refresh) {
        this(name, candidates, clicks, users, model, field, seeds, refresh, 0, null);
    }

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
        Feed plain = new Feed(
                members.readString(),
                members.readString(),
                members.readOptionalString(),
                members.readString(),
                members.readString(),
                members.readString(),
                SeedRules.read(members),
                RefreshRules.read(members));
        return members.available() == 0 ? plain : plain.in(members.readVInt(), Rollout.read(members));
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
                RefreshRules.ofSource(source),
                source.get("slot") instanceof Number slot ? slot.intValue() : 0,
                source.get("rollout") instanceof Map<?, ?> rollout ? Rollout.ofSource(rollout) : null);
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

    /** The field of the slot beside, where this feed has, or would have, the blocks of another model. */
    public String fieldBeside() {
        if (slot == 0) {
            return field.endsWith(BLOCK) ? field.substring(0, field.length() - BLOCK.length()) + SECOND : field + "_2";
        }
        return field.endsWith(SECOND)
                ? field.substring(0, field.length() - SECOND.length()) + BLOCK
                : field.substring(0, field.length() - 2);
    }

    /** The feed as it is in the slot beside; empty if nothing is there. */
    public Optional<Feed> beside() {
        return rollout == null || rollout.beside() == Rollout.Beside.PRUNED
                ? Optional.empty()
                : Optional.of(in(1 - slot, rollout.model(), rollout.users(), rollout.ofOther(model, users)));
    }

    /** Whether both slots are kept in step with clicks and candidates. */
    public boolean isTwofold() {
        return rollout != null && rollout.beside() == Rollout.Beside.LIVE;
    }

    /** Whether another model is being prepared. */
    public boolean isPreparing() {
        return rollout != null && rollout.isPreparing();
    }

    /** The feed when another model begins to be prepared in the slot beside. */
    public Feed preparing(String otherModel, String otherUsers, Instant now) {
        return with(Rollout.to(otherModel, otherUsers, now));
    }

    /** The feed when searches go by the slot beside from now on. */
    public Feed flipped(Rollout.State state, Instant now) {
        return in(
                1 - slot,
                rollout.model(),
                rollout.users(),
                rollout.ofOther(model, users).in(state, now));
    }

    /** The same feed with another state of its change of model. */
    public Feed with(Rollout other) {
        return in(slot, other);
    }

    private Feed in(int otherSlot, Rollout other) {
        return new Feed(name, candidates, clicks, users, model, field, seeds, refresh, otherSlot, other);
    }

    private Feed in(int otherSlot, String otherModel, String otherUsers, Rollout other) {
        return new Feed(
                name, candidates, clicks, otherUsers, otherModel, fieldBeside(), seeds, refresh, otherSlot, other);
    }

    /** This definition for a feed that is there already: where its field is either slot's, slot and rollout stay. */
    Feed over(Feed present) {
        if (present.rollout == null
                || field.equals(present.field) == false && field.equals(present.fieldBeside()) == false) {
            return this;
        }
        return new Feed(
                name, candidates, clicks, users, model, present.field, seeds, refresh, present.slot, present.rollout);
    }

    /** Whether another definition has the same candidates, clicks, users, model and field. */
    boolean isOfSameParts(Feed other) {
        return candidates.equals(other.candidates)
                && Objects.equals(clicks, other.clicks)
                && users.equals(other.users)
                && model.equals(other.model)
                && field.equals(other.field);
    }

    /** The same feed with other rules for its seeds. */
    Feed withSeeds(SeedRules rules) {
        return new Feed(name, candidates, clicks, users, model, field, rules, refresh, slot, rollout);
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
            if (rollout != null) {
                members.writeVInt(slot);
                rollout.writeTo(members);
            }
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
        if (slot != 0) {
            builder.field("slot", slot);
        }
        if (rollout != null) {
            builder.field("rollout", rollout);
        }
        return builder.endObject();
    }
}
