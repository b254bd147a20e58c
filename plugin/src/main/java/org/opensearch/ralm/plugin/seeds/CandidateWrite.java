package org.opensearch.ralm.plugin.seeds;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.opensearch.common.UUIDs;
import org.opensearch.common.lucene.uid.Versions;
import org.opensearch.ingest.IngestDocument;
import org.opensearch.ingest.IngestDocument.Metadata;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.plugin.click.ClickId;
import org.opensearch.ralm.plugin.system.ShownValue;

/**
 * One candidate on its way into the index: what the document brings, what is stored, and what is to be computed.
 *
 * <p>The rules: the seeds are the union of those stored and those given. A document that brings nothing new keeps the
 * block it gives, or else the stored one. A few new seeds move the running means of the stored block; otherwise all
 * seeds are clustered afresh, also where the stored block is of another model.
 *
 * <p>Where there are fewer seeds than the feed wants, a pseudo-seed by the document's content takes the place of their
 * block, and is made anew each time. It is never added to: as soon as there are seeds enough, all are clustered.
 * The object of the other slot, if there is one, follows the content in the same way, under the model of that slot.
 *
 * <p>In a feed with clicks the new seeds become clicks, which the refresh counts; a block is made here only where there
 * is none that can be scored. Used by one thread at a time.
 */
final class CandidateWrite {

    private final IngestDocument document;
    private final String targetField;
    private final Set<String> given;
    private StoredCandidate stored;
    private Collection<String> needed = List.of();
    private boolean makesBlock;
    private SeedBlock extended;

    /**
     * @throws IllegalArgumentException if the seeds given are not an array of user ids
     */
    CandidateWrite(IngestDocument document, String targetField, int maximumSeeds) {
        this.document = document;
        this.targetField = targetField;
        this.given = given(document, SeedsProcessor.SEEDS_FIELD, maximumSeeds);
    }

    String index() {
        return metadata(Metadata.INDEX);
    }

    /** The document's id; null if it is yet to be made. */
    String id() {
        return metadata(Metadata.ID);
    }

    String routing() {
        return metadata(Metadata.ROUTING);
    }

    /** What two documents of one candidate have in common. */
    List<String> identity() {
        return Arrays.asList(index(), id(), routing());
    }

    /** What the candidate was so far; null if it is new. From now on the write succeeds only if that is still so. */
    void setStored(StoredCandidate candidate) {
        stored = candidate;
        Map<String, Object> fields = document.getSourceAndMetadata();
        if (id() == null
                || fields.get(Metadata.VERSION_TYPE.getFieldName()) instanceof String type
                        && type.equals("internal") == false) {
            return;
        }
        if (candidate == null) {
            fields.put(Metadata.VERSION.getFieldName(), Versions.MATCH_DELETED);
        } else {
            fields.put(Metadata.IF_SEQ_NO.getFieldName(), candidate.seqNo());
            fields.put(Metadata.IF_PRIMARY_TERM.getFieldName(), candidate.primaryTerm());
        }
    }

    /** Leaves a member as it is stored where the document does not bring it; null for none. */
    void keep(String member, Map<String, Object> source) {
        if (member != null && source.containsKey(member)) {
            document.getSourceAndMetadata().putIfAbsent(member, source.get(member));
        }
    }

    /**
     * Decides what is to be done.
     *
     * @return the users whose vectors are needed; empty if there is nothing to compute
     * @throws IllegalArgumentException if seeds should become clicks and cannot
     */
    Collection<String> plan(BlockMaker maker) {
        Set<String> added = addedSeeds();
        long uncounted = stored == null ? 0 : stored.seedUsers().size() - storedSeeds();
        if (maker.feed().hasClicks()) {
            planBesideClicks(maker, added);
        } else if (added.isEmpty() && (seeds().isEmpty() || (hasFittingBlock(maker) && uncounted <= 0))) {
            needed = List.of();
        } else if (canExtend(maker, added, uncounted)) {
            extended = SeedObject.block(stored.object());
            needed = added;
            makesBlock = true;
        } else {
            needed = seeds();
            makesBlock = true;
        }
        return needed;
    }

    private void planBesideClicks(BlockMaker maker, Set<String> added) {
        requireOwnRouting(maker);
        if (id() == null && added.isEmpty() == false) {
            document.getSourceAndMetadata().put(Metadata.ID.getFieldName(), UUIDs.base64UUID());
        }
        added.forEach(user -> ClickId.of(id(), user));
        makesBlock = seeds().isEmpty() == false && hasFittingBlock(maker) == false;
        needed = makesBlock ? seeds() : added;
    }

    private void requireOwnRouting(BlockMaker maker) {
        if (routing() != null && routing().equals(id()) == false) {
            throw new IllegalArgumentException(
                    "candidates of feed [" + maker.feed().name()
                            + "], which has clicks, must not be routed, but candidate [" + id() + "] is routed by ["
                            + routing() + "]");
        }
    }

    /** The users whose vectors are needed, as planned. */
    Collection<String> neededUsers() {
        return needed;
    }

    /**
     * Writes seeds and block into the document, as planned.
     *
     * @param vectors of the needed users, as far as they are known
     * @return how many of the needed users are not known
     */
    int complete(BlockMaker maker, Map<String, float[]> vectors, Instant now) {
        writeSeeds();
        Map<String, Object> object = new HashMap<>(base());
        SortedMap<String, float[]> known = new TreeMap<>();
        needed.forEach(user -> known.computeIfAbsent(user, vectors::get));
        if (makesBlock) {
            SeedObject.forgetClicks(object);
            int unknownBefore = extended == null ? 0 : SeedObject.unknownUsers(stored.object());
            int unknown = unknownBefore + needed.size() - known.size();
            SeedObject.describe(object, block(maker, known), maker, now, unknown);
        }
        if (object.isEmpty() == false) {
            set(targetField, object);
        }
        preferContent(targetField, object, maker, now);
        return needed.size() - known.size();
    }

    /**
     * Has the object of the other slot follow the content, too. Where there is none yet, it is for the refresh to make.
     *
     * @param member the object's name
     * @param maker of that slot
     */
    @SuppressWarnings("unchecked")
    void completeBeside(String member, BlockMaker maker, Instant now) {
        if (document.getSourceAndMetadata().get(member) instanceof Map<?, ?> object) {
            preferContent(member, new HashMap<>((Map<String, Object>) object), maker, now);
        }
    }

    /**
     * Writes into the document what is stored beside what it brings, and computes nothing. New seeds have its clicks
     * counted from scratch, which is when they become clicks.
     */
    void keep() {
        writeSeeds();
        Map<String, Object> object = new HashMap<>(base());
        if (addedSeeds().isEmpty() == false) {
            SeedObject.forgetClicks(object);
        }
        if (object.isEmpty() == false) {
            set(targetField, object);
        }
    }

    private void writeSeeds() {
        Set<String> seeds = seeds();
        if (seeds.isEmpty() == false) {
            set(SeedsProcessor.SEEDS_FIELD, new ArrayList<>(seeds));
        }
    }

    private void preferContent(String member, Map<String, Object> object, BlockMaker maker, Instant now) {
        Map<String, Object> source = document.getSourceAndMetadata();
        CandidateContent.check(source, maker.feed().seeds().contentFields());
        if (SeedObject.preferContent(object, source, maker, now)) {
            set(member, object);
        }
    }

    private SeedBlock block(BlockMaker maker, SortedMap<String, float[]> known) {
        if (extended != null) {
            return maker.extended(extended, known.values());
        }
        return known.isEmpty() ? null : maker.fromScratch(id(), known);
    }

    private Set<String> seeds() {
        Set<String> seeds = new LinkedHashSet<>(stored == null ? List.<String>of() : stored.seedUsers());
        seeds.addAll(given);
        return seeds;
    }

    /** The seeds given that the candidate did not have. */
    Set<String> addedSeeds() {
        Set<String> added = new LinkedHashSet<>(given);
        if (stored != null) {
            stored.seedUsers().forEach(added::remove);
        }
        return added;
    }

    /**
     * Whether new seeds move the running means: not where most are new, or some were unknown or not counted before. But
     * always where the block stands for seeds that the document does not list, which no clustering would bring back.
     */
    private boolean canExtend(BlockMaker maker, Set<String> added, long uncounted) {
        SeedBlock block = stored == null ? null : blockOfSeeds(stored.object());
        if (block == null || maker.fits(block) == false || added.isEmpty() || uncounted > 0) {
            return false;
        }
        boolean few = added.size() <= stored.seedUsers().size();
        return uncounted < 0 || (few && SeedObject.unknownUsers(stored.object()) == 0);
    }

    /** How many seeds the stored block stands for, with those that had no vector. */
    private long storedSeeds() {
        SeedBlock block = blockOfSeeds(stored.object());
        return SeedObject.unknownUsers(stored.object())
                + (block == null ? 0 : block.clusters().seeds());
    }

    private boolean hasFittingBlock(BlockMaker maker) {
        boolean ofContent = SeedObject.isContent(base()) && maker.feed().hasClicks() == false;
        SeedBlock block = ofContent ? null : SeedObject.readableBlock(base());
        return block != null && maker.fits(block);
    }

    private static SeedBlock blockOfSeeds(Map<String, Object> object) {
        return SeedObject.isContent(object) ? null : SeedObject.readableBlock(object);
    }

    /** The object the document gives if there is a block in it, else the stored one. */
    @SuppressWarnings("unchecked")
    private Map<String, Object> base() {
        Object object = document.getSourceAndMetadata().get(targetField);
        if (object instanceof Map<?, ?> map && map.get("seeds") != null) {
            return (Map<String, Object>) map;
        }
        return stored == null ? Map.of() : stored.object();
    }

    private void set(String field, Object value) {
        document.getSourceAndMetadata().put(field, value);
    }

    private String metadata(Metadata field) {
        return (String) document.getSourceAndMetadata().get(field.getFieldName());
    }

    private static Set<String> given(IngestDocument document, String field, int maximumSeeds) {
        Object value = document.getSourceAndMetadata().get(field);
        if (value == null) {
            return new LinkedHashSet<>();
        }
        if (value instanceof List<?> == false) {
            throw new IllegalArgumentException(
                    "[" + field + "] must be an array of user ids, but is [" + ShownValue.of(value) + "]");
        }
        Set<String> seeds = new LinkedHashSet<>();
        for (Object seed : (List<?>) value) {
            if (seed instanceof String user && user.isEmpty() == false) {
                seeds.add(user);
            } else {
                throw new IllegalArgumentException("[" + field
                        + "] must be an array of user ids, which are strings, but holds [" + ShownValue.of(seed) + "]");
            }
        }
        if (seeds.size() > maximumSeeds) {
            throw new IllegalArgumentException("[" + field + "] holds " + seeds.size() + " users, but ["
                    + SeedsProcessor.MAX_SEED_USERS.getKey() + "] allows " + maximumSeeds);
        }
        return seeds;
    }
}
