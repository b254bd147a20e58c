package org.opensearch.ralm.plugin.refresh;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.lucene.store.AlreadyClosedException;
import org.opensearch.OpenSearchStatusException;
import org.opensearch.action.bulk.BulkItemResponse;
import org.opensearch.action.bulk.BulkRequest;
import org.opensearch.action.get.GetResponse;
import org.opensearch.core.common.breaker.CircuitBreakingException;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.core.tasks.TaskCancelledException;
import org.opensearch.index.shard.IndexShard;
import org.opensearch.index.shard.IndexShardState;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.plugin.seeds.BlockMaker;
import org.opensearch.ralm.plugin.seeds.SeedObject;
import org.opensearch.ralm.plugin.seeds.SeedPath;
import org.opensearch.ralm.plugin.stats.RalmStats;
import org.opensearch.ralm.plugin.stats.Stat;
import org.opensearch.ralm.plugin.system.Memory;
import org.opensearch.ralm.plugin.system.Reservation;
import org.opensearch.transport.client.Client;

/**
 * Keeps the candidates of one feed in step with the clicks of one shard, cycle by cycle, as long as this node has the
 * shard's primary: all clicks of a candidate lie on one shard.
 *
 * <p>Every write is compare-and-set against the document it was computed from, and says up to which click it counts. So
 * it does not matter where a cycle ends, whether it is done twice, or by two nodes: what is lost is looked at again.
 * One thread at a time.
 */
final class ClickedSeedsRefresh implements ShardRefresh {

    private static final int MOST_CANDIDATES_A_BATCH = 200;
    private static final int BYTES_A_BATCH = 8 << 20;

    /** The document that was read, its block, the block that is written, and the request it is written by. */
    private static final int COPIES_WHILE_WRITTEN = 4;

    /** How many of the candidates without a document are looked for in a cycle. */
    private static final int MOST_PENDING = 1_000;

    private final IndexShard shard;
    private final BlockMaker maker;
    private final DocumentStore documents;
    private final UncountedCandidates uncounted;
    private final UnknownUsers unknownUsers;
    private final ListedSeeds listedSeeds;
    private final SurplusClicks surplusClicks;
    private final Exposures exposures;
    private final RalmStats stats;
    private final Memory memory;
    private final String shardName;
    private final String nodeName;
    private final int candidatesABatch;
    private final long batchBytes;
    private final Ledger ledger;
    private final Staleness staleness = new Staleness();
    private volatile long mark = -1;
    private long watchedFrom = Long.MAX_VALUE;
    private Instant audited = Instant.now();
    private int generation;
    private volatile ShardStatus status;
    private volatile ShardProgress progress;
    private long clicks;
    private long clicksDone;
    private long faulty;

    /**
     * @param nodeName this node's name
     * @param memory what is held for the shard is accounted for there
     */
    ClickedSeedsRefresh(
            IndexShard shard,
            BlockMaker maker,
            Client client,
            Exposures exposures,
            String nodeName,
            RalmStats stats,
            Memory memory) {
        this.shard = shard;
        this.maker = maker;
        this.documents = new DocumentStore(client);
        this.uncounted = new UncountedCandidates(client, maker.feed().field());
        this.unknownUsers = new UnknownUsers(client, documents, maker);
        this.listedSeeds = new ListedSeeds(client, documents, maker);
        this.surplusClicks = new SurplusClicks(documents, shard.shardId().getIndexName());
        this.exposures = exposures;
        this.stats = stats;
        this.memory = memory;
        this.shardName =
                shard.shardId().getIndex().getUUID() + "/" + shard.shardId().id();
        this.nodeName = nodeName;
        this.candidatesABatch = Math.clamp(BYTES_A_BATCH / maker.largestBlock(), 1, MOST_CANDIDATES_A_BATCH);
        this.batchBytes = (long) COPIES_WHILE_WRITTEN * candidatesABatch * maker.largestBlock();
        this.ledger = new Ledger(memory);
    }

    @Override
    public IndexShard shard() {
        return shard;
    }

    @Override
    public Optional<ShardStatus> status() {
        ShardStatus last = status;
        if (last == null || shard.state() != IndexShardState.STARTED) {
            return Optional.ofNullable(last);
        }
        try {
            return Optional.of(last.withWaitingClicks(waitingClicks()));
        } catch (AlreadyClosedException e) {
            return Optional.of(last);
        }
    }

    @Override
    public void run(Set<String> candidates, boolean recluster, BooleanSupplier isCancelled) throws Exception {
        Cycle.Tally tally = new Cycle.Tally();
        boolean complete = false;
        faulty = 0;
        try (ClickSnapshot snapshot = ClickSnapshot.take(shard, maker.feed())) {
            Instant now = Instant.now();
            if (hasClicksToLookAt(snapshot, tally)) {
                return;
            }
            collect(snapshot, recluster, now);
            ledger.awaitSeeded(uncounted.find(candidates));
            SeedCounter counter = new SeedCounter(snapshot, maker, shardName, watchedFrom, memory, now);
            List<String> waiting = ledger.waiting();
            for (int from = 0; from < waiting.size(); from += candidatesABatch) {
                requireNotCancelled(isCancelled);
                int to = Math.min(waiting.size(), from + candidatesABatch);
                new Batch(snapshot, counter, recluster, tally, now).run(candidates, waiting.subList(from, to));
            }
            requireNotCancelled(isCancelled);
            tally.resolved(unknownUsers.resolve(snapshot, shard.shardId().getIndexName()));
            complete = true;
        } catch (Exception e) {
            tally.error(e);
            throw e;
        } finally {
            status = status(tally.cycle());
            progress = progress(complete && status.waitingCandidates() <= faulty && tally.isSettled());
        }
    }

    /** While two models are kept, no block is made of those seeds alone that have been given a vector by now. */
    private boolean hasClicksToLookAt(ClickSnapshot snapshot, Cycle.Tally tally) throws Exception {
        int lookedAt = unknownUsers.look(snapshot, shard.shardId().getIndexName());
        tally.resolved(lookedAt);
        clicks = snapshot.clicks();
        clicksDone = lookedAt == 0 ? clicks : Math.min(clicks, Math.max(0, clicks - snapshot.notLookedAt()) + lookedAt);
        return lookedAt > 0 && maker.feed().isTwofold();
    }

    private ShardProgress progress(boolean complete) {
        long done = ledger.size();
        return new ShardProgress(
                shard.shardId().getIndexName(),
                shard.shardId().id(),
                clicks,
                clicksDone,
                done + ledger.waiting().size(),
                done,
                complete);
    }

    @Override
    public Optional<ShardProgress> progress() {
        return shard.state() == IndexShardState.STARTED && shard.routingEntry().primary()
                ? Optional.ofNullable(progress)
                : Optional.empty();
    }

    private static void requireNotCancelled(BooleanSupplier isCancelled) {
        if (isCancelled.getAsBoolean()) {
            throw new TaskCancelledException("the refresh was cancelled");
        }
    }

    private void collect(ClickSnapshot snapshot, boolean all, Instant now) throws IOException {
        if (mark < 0) {
            watchedFrom = snapshot.mark();
        }
        ledger.await(all ? snapshot.candidates() : snapshot.candidatesSince(mark));
        mark = snapshot.mark();
        ledger.await(ledger.due(now.toEpochMilli()));
        ledger.await(ledger.pending(MOST_PENDING));
        if (generation != exposures.generation()) {
            ledger.await(ledger.candidates());
            generation = exposures.generation();
        }
        long auditInterval = maker.feed().refresh().reclusterInterval().millis();
        if (audited.plusMillis(auditInterval).isAfter(now) == false) {
            audit(snapshot, now);
            audited = now;
        }
    }

    /** Finds the candidates whose clicks were deleted, or are no longer of the last hour or day. */
    private void audit(ClickSnapshot snapshot, Instant now) throws IOException {
        Set<String> all = new HashSet<>(ledger.candidates());
        all.addAll(snapshot.candidates());
        for (String candidate : all) {
            ClickCounts counts = ClickCounts.of(snapshot.clicksOf(candidate), now);
            if (counts.equals(ledger.counts(candidate)) == false) {
                ledger.await(Set.of(candidate));
            }
        }
    }

    private long waitingClicks() {
        return Math.max(0, shard.getProcessedLocalCheckpoint() - mark);
    }

    private ShardStatus status(Cycle last) {
        return new ShardStatus(
                shard.shardId().getIndexName(),
                shard.shardId().id(),
                nodeName,
                ledger.count(Ledger.State.WARM),
                ledger.count(Ledger.State.COLD),
                ledger.count(Ledger.State.PENDING),
                ledger.waiting().size(),
                waitingClicks(),
                ledger.unknownUsers(),
                last,
                ledger.bytes(),
                staleness.encoded(Instant.now()));
    }

    @Override
    public long bytes() {
        return ledger.bytes();
    }

    /** Gives the memory back. */
    @Override
    public void close() {
        ledger.close();
    }

    /** Some candidates that are read, counted and written together. */
    private final class Batch {

        private final ClickSnapshot snapshot;
        private final SeedCounter counter;
        private final boolean recluster;
        private final Cycle.Tally tally;
        private final Instant now;
        private final Map<String, Recount> recounts = new LinkedHashMap<>();
        private final Map<String, Map<String, Object>> sources = new HashMap<>();

        Batch(ClickSnapshot snapshot, SeedCounter counter, boolean recluster, Cycle.Tally tally, Instant now) {
            this.snapshot = snapshot;
            this.counter = counter;
            this.recluster = recluster;
            this.tally = tally;
            this.now = now;
        }

        void run(Set<String> indices, List<String> ids) throws Exception {
            try (Reservation room = memory.reserve(batchBytes, "ralm_batch")) {
                countAndWrite(indices, ids);
            }
        }

        private void countAndWrite(Set<String> indices, List<String> ids) throws Exception {
            DocumentStore.Candidates read = documents.read(indices, ids);
            Map<String, GetResponse> found = read.documents();
            for (String id : ids) {
                if (found.containsKey(id)) {
                    tryToCount(id, found.get(id));
                } else if (read.failures().containsKey(id)) {
                    delay(id, read.failures().get(id));
                } else {
                    ClickCounts counts = ClickCounts.of(snapshot.clicksOf(id), now);
                    done(id, counts, Ledger.State.PENDING, Long.MAX_VALUE);
                }
            }
            Map<String, Integer> deleted = surplusClicks.delete(recounts);
            recounts.replaceAll((id, recount) -> recount.withoutSurplus(deleted.getOrDefault(id, 0)));
            deleted.values().forEach(tally::trimmed);
            write(found);
        }

        /** A document that is not as it should be is left for a later cycle; it does not keep the others from theirs. */
        private void tryToCount(String id, GetResponse candidate) throws IOException {
            try {
                count(id, candidate.getIndex(), candidate.getSourceAsMap());
            } catch (CircuitBreakingException e) {
                postpone(e);
            } catch (IllegalArgumentException e) {
                stats.count(Stat.REFRESH_ERRORS);
                tally.error(e);
                faulty++;
            }
        }

        /** It does not keep those of other shards from being looked at, neither now nor in the next cycle. */
        private void delay(String id, Exception e) {
            stats.count(Stat.REFRESH_ERRORS);
            tally.error(e);
            ledger.delay(id);
        }

        /** It stays among those that are to be looked at. */
        private void postpone(CircuitBreakingException e) {
            stats.count(Stat.REFRESH_POSTPONED);
            tally.error(e);
        }

        private void count(String id, String index, Map<String, Object> source) throws IOException {
            Map<String, Object> object = SeedPath.objectOf(source, maker.feed().field());
            CountedSeeds stored = CountedSeeds.of(object);
            if (stored == null && listedSeeds.becomeClicks(id, source, snapshot)) {
                // They are in the next snapshot; until then what was made of them stays.
                return;
            }
            Recount recount = counter.count(id, stored, recluster);
            if (recount.seeds() == null && isLeftToContent(stored, object, source)) {
                recount = recount.withSeeds(counter.noSeeds(recount.counts()));
            }
            if (recount.seeds() == null && stored != null && exposures.areWanted(index, object)) {
                recount = recount.withSeeds(stored);
            }
            tally.candidate(recount.received().size());
            recounts.put(id, recount);
            sources.put(id, source);
            if (recount.seeds() == null) {
                done(id, recount, stored);
            }
        }

        /** Whether there is no block of the model, and the document says what to make a pseudo-seed of. */
        private boolean isLeftToContent(CountedSeeds stored, Map<String, Object> object, Map<String, Object> source) {
            SeedBlock block = stored == null ? SeedObject.readableBlock(object) : stored.block();
            boolean scored = block == null ? SeedObject.bytes(object) != null : maker.fits(block);
            return scored == false && maker.fromContent(source).isPresent();
        }

        private void write(Map<String, GetResponse> found) {
            BulkRequest writes = new BulkRequest();
            recounts.forEach((id, recount) -> {
                if (recount.seeds() != null) {
                    Map<String, Object> source = sources.get(id);
                    Map<String, Object> object =
                            SeedPath.objectOf(source, maker.feed().field());
                    recount.seeds().describe(object, source, maker, now);
                    exposures.describe(found.get(id).getIndex(), object);
                    writes.add(DocumentStore.rewrite(found.get(id), null, source));
                }
            });
            BulkItemResponse refused = null;
            for (BulkItemResponse item : documents.write(writes)) {
                take(item);
                refused = DocumentStore.isOverloaded(item.status()) ? item : refused;
            }
            if (refused != null) {
                // The batches that follow would only wait for the same.
                throw new OpenSearchStatusException(
                        "candidates could not be written: {}", refused.status(), refused.getFailureMessage());
            }
        }

        private void take(BulkItemResponse item) {
            if (item.isFailed() == false) {
                stats.count(Stat.REFRESH_UPDATED);
                Recount recount = recounts.get(item.getId());
                tally.written(recount.seeds().clusteredAt().equals(now));
                Instant counted = Instant.now();
                recount.received().forEach(time -> staleness.add(counted.toEpochMilli() - time, counted));
                done(item.getId(), recount, recount.seeds());
            } else if (item.status() == RestStatus.CONFLICT) {
                stats.count(Stat.REFRESH_CONFLICTS);
                tally.conflict();
            } else {
                delay(item.getId(), item.getFailure().getCause());
                if (DocumentStore.isOverloaded(item.status())) {
                    stats.count(Stat.REFRESH_REJECTIONS);
                } else {
                    faulty++;
                }
            }
        }

        private void done(String id, Recount recount, CountedSeeds seeds) {
            int minSeeds = maker.feed().seeds().minSeeds();
            boolean cold = seeds == null || seeds.isCold(minSeeds);
            long interval = maker.feed().refresh().reclusterInterval().millis();
            long reclusterAt = seeds != null && seeds.hasMoved()
                    ? seeds.clusteredAt().plusMillis(interval).toEpochMilli()
                    : Long.MAX_VALUE;
            done(id, recount.counts(), cold ? Ledger.State.COLD : Ledger.State.WARM, reclusterAt);
        }

        private void done(String id, ClickCounts counts, Ledger.State state, long reclusterAt) {
            if (counts.users() == 0) {
                ledger.forget(id);
            } else {
                remember(id, new Ledger.Entry(state, counts, reclusterAt));
            }
        }

        private void remember(String id, Ledger.Entry entry) {
            try {
                ledger.done(id, entry);
            } catch (CircuitBreakingException e) {
                postpone(e);
            }
        }
    }
}
