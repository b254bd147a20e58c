package org.opensearch.ralm.plugin.seeds;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.lucene.util.BytesRef;
import org.opensearch.action.bulk.BulkItemResponse;
import org.opensearch.action.bulk.BulkRequest;
import org.opensearch.action.bulk.BulkResponse;
import org.opensearch.action.get.GetResponse;
import org.opensearch.action.get.MultiGetItemResponse;
import org.opensearch.action.get.MultiGetRequest;
import org.opensearch.action.get.MultiGetResponse;
import org.opensearch.action.index.IndexRequest;
import org.opensearch.action.support.PlainActionFuture;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.index.shard.IndexShard;
import org.opensearch.ingest.IngestService;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.block.SeedBlockCodec;
import org.opensearch.ralm.plugin.stats.RalmStats;
import org.opensearch.ralm.plugin.stats.Stat;
import org.opensearch.transport.client.Client;

/**
 * One round over one local primary: candidates whose global embedding is not what the model gives for their clusters
 * are given it, and those of another model are clustered anew from their seed users.
 *
 * <p>Every write is compare-and-set, so a second round, or a second node, changes nothing. Runs on the refresh task's
 * own threads, which may wait for answers.
 */
final class ShardRefresh {

    /** How many candidates a round rewrites at most; the next round goes on from there. */
    static final int MOST_CANDIDATES = 500;

    private static final Logger LOGGER = LogManager.getLogger(ShardRefresh.class);
    private static final double TOLERANCE = 1e-5;
    private static final TimeValue TIMEOUT = TimeValue.timeValueSeconds(60);

    private final IndexShard shard;
    private final BlockMaker maker;
    private final Client client;
    private final RalmStats stats;

    ShardRefresh(IndexShard shard, BlockMaker maker, Client client, RalmStats stats) {
        this.shard = shard;
        this.maker = maker;
        this.client = client;
        this.stats = stats;
    }

    /**
     * Refreshes what was written after a mark.
     *
     * @return the mark up to which nothing is left to do
     */
    long run(long mark) throws IOException {
        ShardScan.Result scan = new ShardScan(shard, maker.feed().field()).after(mark, MOST_CANDIDATES, this::isStale);
        stats.count(Stat.REFRESH_RUNS);
        if (scan.candidates().isEmpty()) {
            return scan.mark();
        }
        BulkRequest writes = writes(scan.candidates());
        return writes.numberOfActions() == 0 || write(writes) ? scan.mark() : mark;
    }

    private boolean isStale(BytesRef bytes) {
        SeedBlock block = SeedBlockCodec.decode(bytes.bytes, bytes.offset, bytes.length);
        return maker.fits(block) == false || hasGlobal(block, maker.block(block.clusters())) == false;
    }

    private static boolean hasGlobal(SeedBlock block, SeedBlock expected) {
        for (int d = 0; d < block.dimension(); d++) {
            if (Math.abs(block.global()[d] - expected.global()[d]) > TOLERANCE) {
                return false;
            }
        }
        return true;
    }

    private BulkRequest writes(List<ShardScan.Found> candidates) {
        String index = shard.shardId().getIndexName();
        MultiGetRequest request = new MultiGetRequest();
        for (ShardScan.Found found : candidates) {
            request.add(new MultiGetRequest.Item(index, found.id()).routing(found.routing()));
        }
        PlainActionFuture<MultiGetResponse> answer = new PlainActionFuture<>();
        client.multiGet(request, answer);
        BulkRequest writes = new BulkRequest();
        MultiGetItemResponse[] items = answer.actionGet(TIMEOUT).getResponses();
        for (int i = 0; i < items.length; i++) {
            if (items[i].isFailed()) {
                throw new IllegalStateException(
                        "candidate cannot be read", items[i].getFailure().getFailure());
            }
            Map<String, Object> source = rewritten(items[i].getResponse());
            if (source != null) {
                writes.add(write(items[i].getResponse(), candidates.get(i), source));
            }
        }
        return writes;
    }

    /** The candidate as it should be; null if it is gone, is right already, or has no seeds to cluster. */
    private Map<String, Object> rewritten(GetResponse candidate) {
        if (candidate.isExists() == false || candidate.isSourceEmpty()) {
            return null;
        }
        Map<String, Object> source = candidate.getSourceAsMap();
        Map<String, Object> object = SeedPath.object(source, maker.feed().field());
        SeedBlock block = object == null ? null : SeedObject.block(object);
        if (block == null) {
            return null;
        }
        if (maker.fits(block)) {
            SeedBlock expected = maker.block(block.clusters());
            if (hasGlobal(block, expected)) {
                return null;
            }
            SeedObject.describe(object, expected, maker, Instant.now(), SeedObject.unknownUsers(object));
            return source;
        }
        return recluster(candidate.getId(), source, object) ? source : null;
    }

    private boolean recluster(String id, Map<String, Object> source, Map<String, Object> object) {
        List<String> users = new ArrayList<>();
        if (source.get(SeedsProcessor.DEFAULT_SEEDS_FIELD) instanceof List<?> seeds) {
            seeds.forEach(seed -> users.add(String.valueOf(seed)));
        }
        PlainActionFuture<UserVectorFetch.Vectors> answer = new PlainActionFuture<>();
        new UserVectorFetch(client, maker.feed(), maker.model().dimension()).fetch(users, answer);
        SortedMap<String, float[]> vectors =
                new TreeMap<>(new HashMap<>(answer.actionGet(TIMEOUT).byUser()));
        if (vectors.isEmpty()) {
            return false;
        }
        SeedBlock block = maker.fromScratch(id, vectors);
        SeedObject.describe(object, block, maker, Instant.now(), users.size() - vectors.size());
        return true;
    }

    private IndexRequest write(GetResponse read, ShardScan.Found found, Map<String, Object> source) {
        IndexRequest request = new IndexRequest(read.getIndex())
                .id(read.getId())
                .routing(found.routing())
                .source(source)
                .setIfSeqNo(read.getSeqNo())
                .setIfPrimaryTerm(read.getPrimaryTerm());
        // The document has been through its pipelines; they must not run again on what they made.
        return request.setPipeline(IngestService.NOOP_PIPELINE_NAME)
                .setFinalPipeline(IngestService.NOOP_PIPELINE_NAME)
                .setSystemIngestPipeline(IngestService.NOOP_PIPELINE_NAME)
                .isPipelineResolved(true);
    }

    /** Whether every candidate was written, or by somebody else, who is then looked at in the next round. */
    private boolean write(BulkRequest writes) {
        PlainActionFuture<BulkResponse> answer = new PlainActionFuture<>();
        client.bulk(writes, answer);
        boolean complete = true;
        for (BulkItemResponse item : answer.actionGet(TIMEOUT)) {
            if (item.isFailed() == false) {
                stats.count(Stat.REFRESH_UPDATED);
            } else if (item.status() == RestStatus.CONFLICT) {
                stats.count(Stat.REFRESH_CONFLICTS);
            } else {
                stats.count(Stat.REFRESH_ERRORS);
                LOGGER.debug("candidate [{}] could not be refreshed: {}", item.getId(), item.getFailureMessage());
                complete = false;
            }
        }
        return complete;
    }
}
