package org.opensearch.ralm.plugin.refresh;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.cluster.SeedSample;
import org.opensearch.ralm.plugin.feed.RefreshRules;
import org.opensearch.ralm.plugin.feed.SeedRules;
import org.opensearch.ralm.plugin.seeds.BlockMaker;
import org.opensearch.ralm.plugin.system.Memory;
import org.opensearch.ralm.plugin.system.Reservation;

/**
 * Brings the seed block of a candidate up to the clicks of a snapshot.
 *
 * <p>Seeds that came since the block was made move its running means; all seeds are clustered from scratch when the
 * block is of another model or shard, when there are more of them by the feed's growth, when they have moved and the
 * feed's recluster interval is over, and wherever it is not certain which clicks are new. So a block is a function of
 * the seed set and the model after every clustering, whatever happened before. A pseudo-seed stays as it is until there
 * are seeds enough to be clustered, or the feed names no content fields any more. Used by one thread at a time.
 */
final class SeedCounter {

    /** The most clicks of a candidate that are deleted in one cycle. */
    private static final int MOST_SURPLUS = 10_000;

    /** Of more new clicks than this not each is looked at: clustering from scratch is cheaper. */
    private static final int MOST_ADDED = 10_000;

    private final ClickSnapshot snapshot;
    private final BlockMaker maker;
    private final String shard;
    private final long watchedFrom;
    private final Memory memory;
    private final Instant now;

    /** A click that came after the block was made. */
    private record Added(ClickCursor.Location click, long version, long received) {}

    /** A candidate's clicks, and those of them with a vector that came after the block, as far as they are looked at. */
    private record Tally(ClickCounts counts, List<Added> added) {}

    /**
     * @param shard the shard of the snapshot, by the unique id of its index
     * @param watchedFrom clicks with a higher number came while this node was refreshing the shard
     * @param memory what clustering takes is accounted for there
     */
    SeedCounter(ClickSnapshot snapshot, BlockMaker maker, String shard, long watchedFrom, Memory memory, Instant now) {
        this.snapshot = snapshot;
        this.maker = maker;
        this.shard = shard;
        this.watchedFrom = watchedFrom;
        this.memory = memory;
        this.now = now;
    }

    /**
     * Counts a candidate's clicks.
     *
     * @param stored what its document says; null if it says nothing of clicks
     * @param recluster whether to cluster all seeds, whatever the rules say
     */
    Recount count(String candidate, CountedSeeds stored, boolean recluster) throws IOException {
        boolean fits = fits(stored);
        Tally tally = tally(candidate, fits ? stored.seqNo() : Long.MAX_VALUE);
        boolean ofContent = stored != null && stored.content();
        if (fits == false && ofContent == false && tally.counts().seeds() == 0) {
            // What is stored was made of something else, and clicks have nothing to put in its place yet.
            return new Recount(null, tally.counts(), List.of(), List.of());
        }
        int excess = tally.counts().seeds() - rules().maxSeeds();
        NewestClicks newest = excess <= 0
                ? NewestClicks.all()
                : newest(candidate, tally.counts().seeds());
        // Clicks are of both slots: one is not to delete those that are seeds in the other.
        List<Recount.Surplus> surplus =
                excess <= 0 || maker.feed().isTwofold() ? List.of() : surplus(candidate, newest);
        Optional<List<Added>> fresh = fits && recluster == false ? fresh(stored, tally) : Optional.empty();
        if (fresh.isEmpty() || isClusteringDue(stored, tally.counts().seeds())) {
            List<Long> received = received(fits ? tally.added() : watched(candidate));
            return new Recount(clustered(candidate, tally.counts(), newest), tally.counts(), surplus, received);
        }
        CountedSeeds counted = fresh.get().isEmpty()
                ? stored.withCounts(tally.counts())
                : extended(stored, tally.counts(), fresh.get());
        boolean changed = counted.equals(stored) == false || surplus.isEmpty() == false;
        return new Recount(changed ? counted : null, tally.counts(), surplus, received(tally.added()));
    }

    /** What a candidate's document says where none of those who clicked it has a vector. */
    CountedSeeds noSeeds(ClickCounts counts) {
        return new CountedSeeds(null, false, counts, now, 0, shard, snapshot.mark());
    }

    private NewestClicks newest(String candidate, int seeds) throws IOException {
        try (Reservation room = memory.reserve(NewestClicks.bytes(seeds), "ralm_newest")) {
            return NewestClicks.of(snapshot, candidate, seeds, rules().maxSeeds());
        }
    }

    private SeedRules rules() {
        return maker.feed().seeds();
    }

    private boolean fits(CountedSeeds stored) {
        return stored != null
                && shard.equals(stored.shard())
                && (stored.block() == null ? stored.counts().seeds() == 0 : maker.fits(stored.block()));
    }

    private Tally tally(String candidate, long countedUpTo) throws IOException {
        ClickCounts.Counter counter = new ClickCounts.Counter(now);
        List<Added> added = new ArrayList<>();
        ClickCursor clicks = snapshot.clicksOf(candidate);
        while (clicks.next()) {
            counter.add(clicks);
            if (clicks.seqNo() > countedUpTo && clicks.hasVector() && added.size() < MOST_ADDED) {
                added.add(new Added(clicks.location(), clicks.version(), clicks.received()));
            }
        }
        return new Tally(counter.counts(), added);
    }

    /**
     * Those of the added clicks whose users are not in the block yet; empty if that cannot be told. A repeated click
     * takes the place of the older one, so the number of clicks says how many were repeated; which ones is certain if
     * all those, and only those, were written more than once.
     */
    private static Optional<List<Added>> fresh(CountedSeeds stored, Tally tally) {
        if (tally.added().size() == MOST_ADDED) {
            return Optional.empty();
        }
        int repeated =
                stored.counts().seeds() + tally.added().size() - tally.counts().seeds();
        if (repeated == 0) {
            return Optional.of(tally.added());
        }
        List<Added> first =
                tally.added().stream().filter(click -> click.version() == 1).toList();
        return tally.added().size() - first.size() == repeated ? Optional.of(first) : Optional.empty();
    }

    private boolean isClusteringDue(CountedSeeds stored, int seeds) {
        if (stored.content()) {
            return seeds >= rules().minSeeds() || rules().contentFields().isEmpty();
        }
        RefreshRules refresh = maker.feed().refresh();
        boolean grown = seeds > stored.clusteredCount() && seeds >= stored.clusteredCount() * (1 + refresh.growth());
        Instant due =
                stored.clusteredAt().plusMillis(refresh.reclusterInterval().millis());
        return grown || (stored.hasMoved() && due.isAfter(now) == false);
    }

    private CountedSeeds extended(CountedSeeds stored, ClickCounts counts, List<Added> fresh) throws IOException {
        SeedBlock block = stored.content() ? stored.block() : moved(stored.block(), fresh);
        return new CountedSeeds(
                block, stored.content(), counts, stored.clusteredAt(), stored.clusteredCount(), shard, snapshot.mark());
    }

    private SeedBlock moved(SeedBlock block, List<Added> fresh) throws IOException {
        List<float[]> vectors = new ArrayList<>(fresh.size());
        for (Added click : fresh) {
            vectors.add(click.click().vector());
        }
        return maker.extended(block, vectors);
    }

    private CountedSeeds clustered(String candidate, ClickCounts counts, NewestClicks newest) throws IOException {
        try (Reservation room = memory.reserve(maker.clusteringBytes(counts.seeds()), "ralm_clustering")) {
            SeedSample<ClickCursor.Location> sample = maker.clustering().sample();
            int seeds = 0;
            ClickCursor clicks = snapshot.clicksOf(candidate);
            while (clicks.next()) {
                if (clicks.hasVector() && newest.contains(clicks)) {
                    sample.offer(clicks.user(), clicks.location());
                    seeds++;
                }
            }
            SortedMap<String, float[]> vectors = new TreeMap<>();
            for (Map.Entry<String, ClickCursor.Location> chosen :
                    sample.chosen().entrySet()) {
                vectors.put(chosen.getKey(), chosen.getValue().vector());
            }
            SeedBlock block = seeds == 0 ? null : maker.fromSample(candidate, vectors, seeds);
            return new CountedSeeds(block, false, counts, now, seeds, shard, snapshot.mark());
        }
    }

    private List<Recount.Surplus> surplus(String candidate, NewestClicks newest) throws IOException {
        List<Recount.Surplus> surplus = new ArrayList<>();
        ClickCursor clicks = snapshot.clicksOf(candidate);
        while (surplus.size() < MOST_SURPLUS && clicks.next()) {
            if (clicks.hasVector() && newest.contains(clicks) == false) {
                surplus.add(new Recount.Surplus(clicks.user(), clicks.seqNo(), clicks.primaryTerm()));
            }
        }
        return surplus;
    }

    private List<Added> watched(String candidate) throws IOException {
        return tally(candidate, watchedFrom).added();
    }

    /** Only of first clicks: others have been waiting for something else than a refresh. */
    private static List<Long> received(List<Added> added) {
        return added.stream()
                .filter(click -> click.version() == 1)
                .map(Added::received)
                .toList();
    }
}
