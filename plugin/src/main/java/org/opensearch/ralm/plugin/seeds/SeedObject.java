package org.opensearch.ralm.plugin.seeds;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.block.SeedBlockCodec;
import org.opensearch.ralm.block.SeedBlockLayout;
import org.opensearch.ralm.plugin.exposure.ExposureField;
import org.opensearch.ralm.plugin.feed.RecallField;

/** The object of a candidate that holds its seed block, with plain fields beside it for people and aggregations. */
public final class SeedObject {

    /** The block, in base64. */
    static final String SEEDS = "seeds";

    /** The global embedding, in a field of vectors, if there is one. */
    private static final String GLOBAL = RecallField.NAME;

    /** Whether there are seeds enough, as {@link #state} says. */
    public static final String STATE = "state";

    /** How many seeds were counted. */
    public static final String SEED_COUNT = "seed_count";

    private static final String CONTENT = "content";
    private static final String CLUSTER_SIZES = "cluster_sizes";
    private static final String MODEL = "model";
    private static final String REFRESHED_AT = "refreshed_at";
    private static final String UNKNOWN_USERS = "unknown_users";
    private static final Set<String> CLICKS = Set.of("clicks_shard", "clicks_seq_no");

    private SeedObject() {}

    /** Whether the block in an object is a pseudo-seed, made of the candidate's content and of none of its seeds. */
    public static boolean isContent(Map<String, Object> object) {
        return CONTENT.equals(object.get(STATE));
    }

    /** Whether a state says that the block beside it is a pseudo-seed. */
    public static boolean isContentState(String state) {
        return CONTENT.equals(state);
    }

    /** The path of the state beside the field of a block. */
    public static String stateBeside(String field) {
        return beside(field, STATE);
    }

    /** The path of the number of seeds beside the field of a block. */
    public static String seedCountBeside(String field) {
        return beside(field, SEED_COUNT);
    }

    /** The path of the model's id beside the field of a block. */
    public static String modelBeside(String field) {
        return beside(field, MODEL);
    }

    /** The path of the number of seeds without a vector beside the field of a block. */
    public static String unknownUsersBeside(String field) {
        return beside(field, UNKNOWN_USERS);
    }

    private static String beside(String field, String member) {
        return field.substring(0, field.lastIndexOf('.') + 1) + member;
    }

    /** The block in an object, of seeds or of content, or null if there is none. */
    public static SeedBlock block(Map<String, Object> object) {
        byte[] encoded = bytes(object);
        return encoded == null ? null : SeedBlockCodec.decode(encoded);
    }

    /** The same, or null if only a newer build can read it, so that it is made anew. */
    public static SeedBlock readableBlock(Map<String, Object> object) {
        byte[] encoded = bytes(object);
        return encoded == null || SeedBlockLayout.isNewer(encoded, 0, encoded.length)
                ? null
                : SeedBlockCodec.decode(encoded);
    }

    /** The block as it is encoded. */
    public static byte[] bytes(Map<String, Object> object) {
        return object.get(SEEDS) instanceof String base64 ? Base64.getDecoder().decode(base64) : null;
    }

    /** Puts a block into an object, or takes it out; exposure thresholds are those of one block only. */
    private static void setBlock(Map<String, Object> object, String base64) {
        Object before = base64 == null ? object.remove(SEEDS) : object.put(SEEDS, base64);
        if (Objects.equals(before, base64) == false) {
            ExposureField.remove(object);
        }
    }

    /** Takes back what an object says of clicks in its block, so that they are counted afresh. */
    static void forgetClicks(Map<String, Object> object) {
        object.keySet().removeAll(CLICKS);
    }

    /** How many of the seeds had no vector. */
    public static int unknownUsers(Map<String, Object> object) {
        return object.get(UNKNOWN_USERS) instanceof Number number ? number.intValue() : 0;
    }

    /** How many seeds there are, with a vector or without. */
    public static long totalSeeds(Map<String, Object> object) {
        long seeds = object.get(SEED_COUNT) instanceof Number count ? count.longValue() : 0;
        return seeds + unknownUsers(object);
    }

    /**
     * Writes a block and what it says into an object; other members stay.
     *
     * @param block the block; null if not one of the seeds has a vector
     */
    public static void describe(
            Map<String, Object> object, SeedBlock block, BlockMaker maker, Instant now, int unknownUsers) {
        if (block == null) {
            setBlock(object, null);
            object.put(SEED_COUNT, 0);
            object.put(CLUSTER_SIZES, List.of());
        } else {
            setBlock(object, Base64.getEncoder().encodeToString(maker.encode(block)));
            object.put(SEED_COUNT, block.clusters().seeds());
            object.put(
                    CLUSTER_SIZES,
                    Arrays.stream(block.clusters().sizes()).boxed().toList());
        }
        describeGlobal(object, block, maker);
        object.put(STATE, state(block == null ? 0 : block.clusters().seeds(), maker));
        object.put(MODEL, maker.feed().model());
        object.put(REFRESHED_AT, now.toString());
        object.put(UNKNOWN_USERS, unknownUsers);
    }

    /**
     * Where there are fewer seeds than the feed wants, puts the pseudo-seed by the candidate's content in the place of
     * their block. The number of seeds stays; a pseudo-seed whose content is gone goes, too.
     *
     * @param source the candidate's document
     * @return whether the object has changed
     */
    public static boolean preferContent(
            Map<String, Object> object, Map<String, Object> source, BlockMaker maker, Instant now) {
        long seeds = object.get(SEED_COUNT) instanceof Number count ? count.longValue() : 0;
        Optional<SeedBlock> pseudo =
                seeds < maker.feed().seeds().minSeeds() ? maker.fromContent(source) : Optional.empty();
        String block = pseudo.map(maker::encode)
                .map(Base64.getEncoder()::encodeToString)
                .orElse(null);
        if (isContent(object) ? Objects.equals(block, object.get(SEEDS)) : block == null) {
            return false;
        }
        setBlock(object, block);
        if (block == null) {
            forgetClicks(object);
        }
        describeGlobal(object, pseudo.orElse(null), maker);
        object.put(STATE, block == null ? state(seeds, maker) : CONTENT);
        object.put(SEED_COUNT, seeds);
        object.put(CLUSTER_SIZES, List.of());
        object.put(MODEL, maker.feed().model());
        object.put(REFRESHED_AT, now.toString());
        object.putIfAbsent(UNKNOWN_USERS, 0);
        return true;
    }

    /** A direction: an embedding of zero has none, and no cosine is defined for it. */
    private static void describeGlobal(Map<String, Object> object, SeedBlock block, BlockMaker maker) {
        object.remove(GLOBAL);
        if (maker.recall() && block != null && isZero(block.global()) == false) {
            List<Float> values = new ArrayList<>(block.dimension());
            for (float value : block.global()) {
                values.add(value);
            }
            object.put(GLOBAL, values);
        }
    }

    private static boolean isZero(float[] vector) {
        float squares = 0;
        for (float value : vector) {
            squares += value * value;
        }
        return squares == 0;
    }

    /** Cold if there are fewer seeds than the feed wants, else warm. */
    public static String state(long seeds, BlockMaker maker) {
        return seeds < maker.feed().seeds().minSeeds() ? "cold" : "warm";
    }
}
