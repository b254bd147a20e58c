package org.opensearch.ralm.plugin.refresh;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.lucene.util.BytesRef;
import org.opensearch.action.bulk.BulkItemResponse;
import org.opensearch.action.bulk.BulkRequest;
import org.opensearch.action.get.GetResponse;
import org.opensearch.action.get.MultiGetRequest;
import org.opensearch.core.common.breaker.CircuitBreakingException;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.core.tasks.TaskCancelledException;
import org.opensearch.index.shard.IndexShard;
import org.opensearch.index.shard.IndexShardState;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.block.SeedBlockCodec;
import org.opensearch.ralm.block.SeedBlockLayout;
import org.opensearch.ralm.plugin.exposure.ExposureThresholds;
import org.opensearch.ralm.plugin.feed.Feed;
import org.opensearch.ralm.plugin.seeds.BlockMaker;
import org.opensearch.ralm.plugin.seeds.SeedObject;
import org.opensearch.ralm.plugin.seeds.SeedPath;
import org.opensearch.ralm.plugin.stats.RalmStats;
import org.opensearch.ralm.plugin.stats.Stat;
import org.opensearch.ralm.plugin.system.Memory;
import org.opensearch.ralm.plugin.system.Reservation;
import org.opensearch.transport.client.Client;

/**
 * Looks after the candidates of one shard whose seeds are those they list themselves: candidates whose global embedding
 * is not what the model gives for their clusters are given it, and those of another model are clustered anew from their
 * seed users, as are those with a pseudo-seed when the feed names no content fields any more, and all of them on request.
 *
 * <p>Every write is compare-and-set, so a second cycle, or a second node, changes nothing.
 */
final class ListedSeedsRefresh implements ShardRefresh {

    /** How many candidates a round rewrites at most; the next round goes on from there. */
    static final int MOST_CANDIDATES = 500;

    private static final Logger LOGGER = LogManager.getLogger(ListedSeedsRefresh.class);
    private static final double TOLERANCE = 1e-5;

    private final IndexShard shard;
    private final BlockMaker maker;
    private final DocumentStore documents;
    private final SeedVectors seedVectors;
    private final Exposures exposures;
    private final RalmStats stats;
    private final Memory memory;
    private long mark = -1;
    private long anewUpTo = -1;
    private long done;
    private int generation;
    private boolean postponed;
    private volatile ShardProgress progress;

    ListedSeedsRefresh(
            IndexShard shard, BlockMaker maker, Client client, Exposures exposures, RalmStats stats, Memory memory) {
        this.shard = shard;
        this.maker = maker;
        this.documents = new DocumentStore(client);
        this.seedVectors = new SeedVectors(client, maker);
        this.exposures = exposures;
        this.stats = stats;
        this.memory = memory;
    }

    @Override
    public IndexShard shard() {
        return shard;
    }

    @Override
    public void run(Set<String> indices, boolean recluster, BooleanSupplier isCancelled) throws Exception {
        if (isCancelled.getAsBoolean()) {
            throw new TaskCancelledException("the refresh was cancelled");
        }
        if (recluster) {
            anewUpTo = shard.getProcessedLocalCheckpoint();
        }
        if (recluster || generation != exposures.generation()) {
            generation = exposures.generation();
            mark = -1;
        }
        postponed = false;
        CandidateScan.Result scan = new CandidateScan(shard, maker.feed()).after(mark, MOST_CANDIDATES, this::isStale);
        BulkRequest writes = writes(scan.candidates());
        boolean written = write(writes) && postponed == false;
        if (written) {
            mark = scan.mark();
            done += scan.candidates().size();
            anewUpTo = mark < anewUpTo ? anewUpTo : -1;
        }
        long left = written ? scan.left() : scan.left() + scan.candidates().size();
        progress = new ShardProgress(
                shard.shardId().getIndexName(), shard.shardId().id(), 0, 0, done + left, done, left == 0);
    }

    @Override
    public Optional<ShardProgress> progress() {
        return shard.state() == IndexShardState.STARTED && shard.routingEntry().primary()
                ? Optional.ofNullable(progress)
                : Optional.empty();
    }

    @Override
    public Optional<ShardStatus> status() {
        return Optional.empty();
    }

    @Override
    public long bytes() {
        return 0;
    }

    @Override
    public void close() {}

    /** Whether what was written before it was asked for is still to be clustered from scratch. */
    private boolean isAnew() {
        return mark < anewUpTo;
    }

    private boolean isStale(BytesRef bytes, boolean content, ExposureThresholds thresholds) {
        return isAnew()
                || bytes == null
                || exposures.areWanted(shard.shardId().getIndexName(), thresholds)
                || SeedBlockLayout.isNewer(bytes.bytes, bytes.offset, bytes.length) == false
                        && isStale(SeedBlockCodec.decode(bytes.bytes, bytes.offset, bytes.length), content);
    }

    private boolean isStale(SeedBlock block, boolean content) {
        return maker.fits(block) == false
                || hasGlobal(block, maker.block(block.clusters())) == false
                || content && maker.feed().seeds().contentFields().isEmpty();
    }

    private static boolean hasGlobal(SeedBlock block, SeedBlock expected) {
        for (int d = 0; d < block.dimension(); d++) {
            if (Math.abs(block.global()[d] - expected.global()[d]) > TOLERANCE) {
                return false;
            }
        }
        return true;
    }

    private BulkRequest writes(List<CandidateScan.Found> candidates) throws Exception {
        BulkRequest writes = new BulkRequest();
        if (candidates.isEmpty()) {
            return writes;
        }
        MultiGetRequest request = new MultiGetRequest();
        for (CandidateScan.Found found : candidates) {
            request.add(new MultiGetRequest.Item(shard.shardId().getIndexName(), found.id()).routing(found.routing()));
        }
        List<GetResponse> stored = documents.read(request);
        for (int i = 0; i < stored.size(); i++) {
            Map<String, Object> source = rewritten(stored.get(i));
            if (source != null) {
                writes.add(
                        DocumentStore.rewrite(stored.get(i), candidates.get(i).routing(), source));
            }
        }
        return writes;
    }

    /** The candidate as it should be; null if it is gone, is right already, or has no seeds to cluster. */
    private Map<String, Object> rewritten(GetResponse candidate) {
        if (candidate == null) {
            return null;
        }
        Map<String, Object> source = candidate.getSourceAsMap();
        Map<String, Object> object = object(source);
        if (object == null) {
            return null;
        }
        SeedBlock block = SeedObject.readableBlock(object);
        if (block == null && SeedObject.bytes(object) != null) {
            return null;
        }
        boolean changed = isAnew() && listsSeeds(source) && clusterAnew(candidate.getId(), source, object)
                || isToBeRenewed(source, object, block) && renew(candidate.getId(), source, object, block);
        changed |= exposures.describe(candidate.getIndex(), object);
        return changed ? source : null;
    }

    /** A block that was written without seeds has nothing to be made from. */
    private static boolean listsSeeds(Map<String, Object> source) {
        return ListedSeeds.users(source).isEmpty() == false;
    }

    /** The object of the block; null if there is no block in any slot. */
    private Map<String, Object> object(Map<String, Object> source) {
        Feed feed = maker.feed();
        Map<String, Object> here = SeedPath.object(source, feed.field());
        if (here != null && SeedObject.bytes(here) != null) {
            return here;
        }
        Map<String, Object> beside = feed.isTwofold() ? SeedPath.object(source, feed.fieldBeside()) : null;
        return beside == null || SeedObject.bytes(beside) == null ? null : SeedPath.objectOf(source, feed.field());
    }

    private boolean isToBeRenewed(Map<String, Object> source, Map<String, Object> object, SeedBlock block) {
        return block == null || lacksSeeds(source, object) || isStale(block, SeedObject.isContent(object));
    }

    private boolean lacksSeeds(Map<String, Object> source, Map<String, Object> object) {
        Map<String, Object> beside =
                maker.feed().isTwofold() ? SeedPath.object(source, maker.feed().fieldBeside()) : null;
        return beside != null
                && SeedObject.bytes(beside) != null
                && SeedObject.totalSeeds(object) < SeedObject.totalSeeds(beside);
    }

    private boolean renew(String id, Map<String, Object> source, Map<String, Object> object, SeedBlock block) {
        boolean whole = block != null && lacksSeeds(source, object) == false;
        if (whole && maker.fits(block) && SeedObject.isContent(object) == false) {
            SeedBlock expected = maker.block(block.clusters());
            SeedObject.describe(object, expected, maker, Instant.now(), SeedObject.unknownUsers(object));
            return true;
        }
        return clusterAnew(id, source, object);
    }

    private boolean clusterAnew(String id, Map<String, Object> source, Map<String, Object> object) {
        boolean changed = recluster(id, source, object);
        changed |= SeedObject.preferContent(object, source, maker, Instant.now());
        return changed;
    }

    private boolean recluster(String id, Map<String, Object> source, Map<String, Object> object) {
        Set<String> users = ListedSeeds.users(source);
        try (Reservation room = memory.reserve(maker.bytesFor(users.size()), "ralm_clustering")) {
            return recluster(id, users, object);
        } catch (CircuitBreakingException e) {
            stats.count(Stat.REFRESH_POSTPONED);
            postponed = true;
            return false;
        }
    }

    private boolean recluster(String id, Set<String> users, Map<String, Object> object) {
        SortedMap<String, float[]> vectors = new TreeMap<>(seedVectors.of(users));
        if (vectors.isEmpty()) {
            return false;
        }
        byte[] before = SeedObject.bytes(object);
        SeedBlock block = maker.fromScratch(id, vectors);
        SeedObject.describe(object, block, maker, Instant.now(), users.size() - vectors.size());
        return Arrays.equals(before, SeedObject.bytes(object)) == false;
    }

    /** Whether every candidate was written, or by somebody else, who is then looked at in the next round. */
    private boolean write(BulkRequest writes) {
        boolean complete = true;
        for (BulkItemResponse item : documents.write(writes)) {
            if (item.isFailed() == false) {
                stats.count(Stat.REFRESH_UPDATED);
            } else if (item.status() == RestStatus.CONFLICT) {
                stats.count(Stat.REFRESH_CONFLICTS);
            } else {
                stats.count(Stat.REFRESH_ERRORS);
                stats.add(Stat.REFRESH_REJECTIONS, DocumentStore.isOverloaded(item.status()) ? 1 : 0);
                LOGGER.debug("candidate [{}] could not be refreshed: {}", item.getId(), item.getFailureMessage());
                complete = false;
            }
        }
        return complete;
    }
}
