package org.opensearch.ralm.plugin.refresh;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.opensearch.cluster.ClusterState;
import org.opensearch.cluster.block.ClusterBlockLevel;
import org.opensearch.core.index.shard.ShardId;
import org.opensearch.index.shard.IndexShard;
import org.opensearch.ralm.plugin.exposure.ScoringFingerprint;
import org.opensearch.ralm.plugin.feed.Feed;
import org.opensearch.ralm.plugin.feed.IndexMapping;
import org.opensearch.ralm.plugin.feed.SeedField;
import org.opensearch.ralm.plugin.seeds.BlockMaker;
import org.opensearch.ralm.plugin.stats.RalmStats;
import org.opensearch.ralm.plugin.system.Memory;
import org.opensearch.transport.client.Client;

/**
 * Refreshes the candidates of one feed under one model from the primaries this node has just now: by the clicks of the
 * shards of its clicks index, and by the seeds they list those that were never clicked.
 *
 * <p>Safe for use by several threads: their cycles follow each other.
 */
final class FeedRefresh implements AutoCloseable {

    private final BlockMaker maker;
    private final boolean pruned;
    private final LocalPrimaries primaries;
    private final Client client;
    private final String nodeName;
    private final RalmStats stats;
    private final Memory memory;
    private final Exposures exposures;
    private final Map<ShardId, ShardRefresh> shards = new ConcurrentHashMap<>();

    /**
     * @param maker the feed and its model
     * @param pruned whether the slot of the feed is to be emptied
     * @param client acts as the plugin
     * @param nodeName this node's name
     * @param memory what is held for the feed is accounted for there
     */
    FeedRefresh(
            BlockMaker maker,
            boolean pruned,
            LocalPrimaries primaries,
            Client client,
            String nodeName,
            RalmStats stats,
            Memory memory) {
        this.maker = maker;
        this.pruned = pruned;
        this.primaries = primaries;
        this.client = client;
        this.nodeName = nodeName;
        this.stats = stats;
        this.memory = memory;
        this.exposures = new Exposures(maker, client, memory);
    }

    /** Whether this is the refresh of a feed as it is now under its model. */
    boolean isOf(BlockMaker other, boolean otherPruned) {
        return isOf(other.feed(), otherPruned)
                && maker.recall() == other.recall()
                && ScoringFingerprint.of(maker.model()) == ScoringFingerprint.of(other.model());
    }

    /** The same, whatever the model is made of. */
    boolean isOf(Feed other, boolean otherPruned) {
        return pruned == otherPruned
                && maker.feed().with(null).equals(other.with(null))
                && maker.feed().isTwofold() == other.isTwofold();
    }

    /**
     * Runs one cycle over all shards; one that fails does not keep the others from theirs. Nothing is done while all
     * candidates are closed or blocked.
     *
     * @throws Exception what failed the first of those that failed
     */
    synchronized void run(ClusterState state, boolean recluster, BooleanSupplier isCancelled) throws Exception {
        Set<String> candidates = writableCandidates(state);
        if (candidates.isEmpty()) {
            return;
        }
        List<ShardRefresh> here = shards(state, candidates);
        if (here.isEmpty() == false && pruned == false) {
            exposures.begin(state.metadata(), candidates);
        }
        Exception failure = null;
        for (ShardRefresh refresh : here) {
            try {
                refresh.run(candidates, recluster, isCancelled);
            } catch (Exception e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** The refreshes of the primaries that are here; those of others are closed. */
    private List<ShardRefresh> shards(ClusterState state, Set<String> candidates) {
        Map<IndexShard, Function<IndexShard, ShardRefresh>> present = new LinkedHashMap<>();
        if (maker.feed().hasClicks()) {
            primaries.of(clicks(state)).forEach(shard -> present.put(shard, this::clicked));
        }
        primaries.of(candidates).forEach(shard -> present.put(shard, this::listed));
        shards.values().removeIf(refresh -> {
            boolean gone = present.containsKey(refresh.shard()) == false;
            if (gone) {
                refresh.close();
            }
            return gone;
        });
        List<ShardRefresh> all = new ArrayList<>();
        present.forEach((shard, begin) -> all.add(shards.computeIfAbsent(shard.shardId(), id -> begin.apply(shard))));
        return all;
    }

    /** The index of the clicks; an alias of several would have a candidate's clicks counted apart. */
    private Set<String> clicks(ClusterState state) {
        Set<String> indices = openIndices(state, maker.feed().clicks());
        if (indices.size() > 1) {
            throw new IllegalStateException("[clicks] of feed [" + maker.feed().name() + "] must name one index, but ["
                    + maker.feed().clicks() + "] stands for " + indices);
        }
        return indices;
    }

    private ShardRefresh clicked(IndexShard shard) {
        if (pruned) {
            return new PrunedClicks(shard, maker.feed(), client);
        }
        return new ClickedSeedsRefresh(shard, maker, client, exposures, nodeName, stats, memory);
    }

    private ShardRefresh listed(IndexShard shard) {
        if (pruned) {
            return new PrunedCandidates(shard, maker.feed(), client);
        }
        return new ListedSeedsRefresh(shard, maker, client, exposures, stats, memory);
    }

    /** The indices of the candidates that may be written to and whose field fits the model. */
    private Set<String> writableCandidates(ClusterState state) {
        Feed feed = maker.feed();
        return openIndices(state, feed.candidates()).stream()
                .filter(index -> state.blocks().indexBlocked(ClusterBlockLevel.WRITE, index) == false)
                .filter(index -> SeedField.hasDimension(
                        state.metadata(), index, feed.field(), maker.model().dimension()))
                .collect(Collectors.toSet());
    }

    private static Set<String> openIndices(ClusterState state, String name) {
        return IndexMapping.openIndices(state.metadata(), name).stream()
                .map(index -> index.getIndex().getName())
                .collect(Collectors.toSet());
    }

    /** How far the shards of clicks are that have had a cycle. */
    List<ShardStatus> status() {
        return shards.values().stream()
                .flatMap(shard -> shard.status().stream())
                .toList();
    }

    /** What it holds of the memory between its cycles. */
    long bytes() {
        return exposures.bytes()
                + shards.values().stream().mapToLong(ShardRefresh::bytes).sum();
    }

    /** What the last cycles found there is to do. */
    List<ShardProgress> progress() {
        return shards.values().stream()
                .flatMap(shard -> shard.progress().stream())
                .toList();
    }

    /** Whether there is more to do for candidates that are not looked after by clicks. */
    boolean isBehind() {
        return withoutClicks().allMatch(ShardProgress::complete) == false;
    }

    /** How much was done for them in all; if that does not grow, another cycle would do no more. */
    long done() {
        return withoutClicks()
                .mapToLong(shard -> shard.clicksDone() + shard.candidatesDone())
                .sum();
    }

    private Stream<ShardProgress> withoutClicks() {
        return shards.values().stream()
                .filter(shard -> shard.status().isEmpty())
                .flatMap(shard -> shard.progress().stream());
    }

    /** Whether a slot is being filled or emptied, and there is more to do than to wait for what comes. */
    boolean isInHurry() {
        return (pruned || maker.feed().isTwofold()) && progress().stream().allMatch(ShardProgress::complete) == false;
    }

    /** Why candidates that should have exposure thresholds can have none; null if they can. */
    String exposureProblem() {
        return pruned || maker.feed().refresh().exposureSample() == 0
                ? null
                : exposures.status().problem();
    }

    /** How the exposure of the candidates stands. */
    ExposureStatus exposure() {
        return exposures.status();
    }

    @Override
    public synchronized void close() {
        exposures.close();
        shards.values().forEach(ShardRefresh::close);
        shards.clear();
    }
}
