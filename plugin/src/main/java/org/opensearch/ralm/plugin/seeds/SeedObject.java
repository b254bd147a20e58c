package org.opensearch.ralm.plugin.seeds;

import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.block.SeedBlockCodec;

/** The object of a candidate that holds its seed block, with plain fields beside it for people and aggregations. */
public final class SeedObject {

    /** The block, in base64. */
    static final String SEEDS = "seeds";

    /** Whether there are seeds enough, as {@link #state} says. */
    public static final String STATE = "state";

    /** How many seeds were counted. */
    public static final String SEED_COUNT = "seed_count";

    private static final String UNKNOWN_USERS = "unknown_users";
    private static final Set<String> CLICKS = Set.of("clicks_shard", "clicks_seq_no");

    private SeedObject() {}

    /** The block in an object, or null if there is none. */
    public static SeedBlock block(Map<String, Object> object) {
        return object.get(SEEDS) instanceof String base64
                ? SeedBlockCodec.decode(Base64.getDecoder().decode(base64))
                : null;
    }

    /** Takes back what an object says of clicks in its block, so that they are counted afresh. */
    static void forgetClicks(Map<String, Object> object) {
        object.keySet().removeAll(CLICKS);
    }

    /** How many of the seeds had no vector. */
    public static int unknownUsers(Map<String, Object> object) {
        return object.get(UNKNOWN_USERS) instanceof Number number ? number.intValue() : 0;
    }

    /**
     * Writes a block and what it says into an object; other members stay.
     *
     * @param block the block; null if not one of the seeds has a vector
     */
    public static void describe(
            Map<String, Object> object, SeedBlock block, BlockMaker maker, Instant now, int unknownUsers) {
        if (block == null) {
            object.remove(SEEDS);
            object.put(SEED_COUNT, 0);
            object.put("cluster_sizes", List.of());
        } else {
            object.put(SEEDS, Base64.getEncoder().encodeToString(maker.encode(block)));
            object.put(SEED_COUNT, block.clusters().seeds());
            object.put(
                    "cluster_sizes",
                    Arrays.stream(block.clusters().sizes()).boxed().toList());
        }
        object.put(STATE, state(block == null ? 0 : block.clusters().seeds(), maker));
        object.put("model", maker.feed().model());
        object.put("refreshed_at", now.toString());
        object.put(UNKNOWN_USERS, unknownUsers);
    }

    /** Cold if there are fewer seeds than the feed wants, else warm. */
    public static String state(long seeds, BlockMaker maker) {
        return seeds < maker.feed().seeds().minSeeds() ? "cold" : "warm";
    }
}
