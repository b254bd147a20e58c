package org.opensearch.ralm.plugin.refresh;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.plugin.seeds.BlockMaker;
import org.opensearch.ralm.plugin.seeds.SeedObject;

/**
 * What a candidate's document says of the clicks that were counted in its seed block.
 *
 * @param block the block; null if there is none
 * @param content whether the block is a pseudo-seed, made of none of the seeds
 * @param counts the users who had clicked when it was made
 * @param clusteredAt when all seeds were clustered last
 * @param clusteredCount how many seeds there were then
 * @param shard the shard of the clicks, by the unique id of its index
 * @param seqNo up to where the shard's clicks are counted
 */
record CountedSeeds(
        SeedBlock block,
        boolean content,
        ClickCounts counts,
        Instant clusteredAt,
        int clusteredCount,
        String shard,
        long seqNo) {

    private static final String LAST_HOUR = "clicks_1h";
    private static final String LAST_DAY = "clicks_24h";
    private static final String CLUSTERED_AT = "clustered_at";
    private static final String CLUSTERED_COUNT = "clustered_count";
    private static final String CLICKS_SHARD = "clicks_shard";
    private static final String CLICKS_SEQ_NO = "clicks_seq_no";

    /** The path of the number that only candidates whose clicks are counted have, beside the field of their block. */
    static String fieldBeside(String field) {
        return field.substring(0, field.lastIndexOf('.') + 1) + CLICKS_SEQ_NO;
    }

    /** Reads the object of a document; null if its block, if any, was made of something other than counted clicks. */
    static CountedSeeds of(Map<String, Object> object) {
        if (object.get(CLICKS_SHARD) instanceof String shard
                && object.get(CLICKS_SEQ_NO) instanceof Number seqNo
                && object.get(CLUSTERED_AT) instanceof String clusteredAt) {
            try {
                ClickCounts counts = new ClickCounts(
                        number(object, SeedObject.SEED_COUNT),
                        SeedObject.unknownUsers(object),
                        number(object, LAST_HOUR),
                        number(object, LAST_DAY));
                return new CountedSeeds(
                        SeedObject.block(object),
                        SeedObject.isContent(object),
                        counts,
                        Instant.parse(clusteredAt),
                        number(object, CLUSTERED_COUNT),
                        shard,
                        seqNo.longValue());
            } catch (IllegalArgumentException | DateTimeParseException e) {
                return null;
            }
        }
        return null;
    }

    private static int number(Map<String, Object> object, String member) {
        return object.get(member) instanceof Number number ? number.intValue() : 0;
    }

    /** Whether seeds came or went since they were clustered; a pseudo-seed does not move with them. */
    boolean hasMoved() {
        if (content) {
            return false;
        }
        long inBlock = block == null ? 0 : block.clusters().seeds();
        return inBlock != clusteredCount || counts.seeds() != clusteredCount;
    }

    boolean isCold(int minSeeds) {
        return counts.seeds() < minSeeds;
    }

    CountedSeeds withCounts(ClickCounts others) {
        return new CountedSeeds(block, content, others, clusteredAt, clusteredCount, shard, seqNo);
    }

    /**
     * Writes it into the object of a document; other members stay. With too few seeds the document's content may speak
     * for them.
     *
     * @param source the document
     */
    void describe(Map<String, Object> object, Map<String, Object> source, BlockMaker maker, Instant now) {
        SeedObject.describe(object, content ? null : block, maker, now, counts.unknown());
        object.put(SeedObject.SEED_COUNT, counts.seeds());
        object.put(SeedObject.STATE, SeedObject.state(counts.seeds(), maker));
        object.put(LAST_HOUR, counts.lastHour());
        object.put(LAST_DAY, counts.lastDay());
        object.put(CLUSTERED_AT, clusteredAt.toString());
        object.put(CLUSTERED_COUNT, clusteredCount);
        object.put(CLICKS_SHARD, shard);
        object.put(CLICKS_SEQ_NO, seqNo);
        SeedObject.preferContent(object, source, maker, now);
    }
}
