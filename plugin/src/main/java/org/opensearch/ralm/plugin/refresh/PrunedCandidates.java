package org.opensearch.ralm.plugin.refresh;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.opensearch.action.bulk.BulkItemResponse;
import org.opensearch.action.bulk.BulkRequest;
import org.opensearch.action.get.GetResponse;
import org.opensearch.action.get.MultiGetRequest;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.index.shard.IndexShard;
import org.opensearch.ralm.plugin.feed.Feed;
import org.opensearch.ralm.plugin.seeds.SeedPath;
import org.opensearch.transport.client.Client;

/**
 * Takes the blocks of a slot, and what is beside them, out of the candidates of one shard, a bounded number a cycle.
 * Every write is compare-and-set.
 */
final class PrunedCandidates extends Pruning {

    private static final int MOST_CANDIDATES = 500;

    private final Feed feed;
    private final DocumentStore documents;
    private long done;

    PrunedCandidates(IndexShard shard, Feed feed, Client client) {
        super(shard);
        this.feed = feed;
        this.documents = new DocumentStore(client);
    }

    @Override
    public void run(Set<String> indices, boolean recluster, BooleanSupplier isCancelled) throws Exception {
        CandidateScan.Result scan = new OccupiedCandidates(shard(), feed.field()).first(MOST_CANDIDATES);
        int written = prune(scan.candidates());
        done += written;
        long left = scan.left() + scan.candidates().size() - written;
        tell(0, 0, done + left, done, left == 0);
    }

    private int prune(List<CandidateScan.Found> candidates) throws Exception {
        if (candidates.isEmpty()) {
            return 0;
        }
        MultiGetRequest request = new MultiGetRequest();
        for (CandidateScan.Found found : candidates) {
            request.add(
                    new MultiGetRequest.Item(shard().shardId().getIndexName(), found.id()).routing(found.routing()));
        }
        List<GetResponse> stored = documents.read(request);
        BulkRequest writes = new BulkRequest();
        int gone = 0;
        for (int i = 0; i < stored.size(); i++) {
            Map<String, Object> source =
                    stored.get(i) == null ? Map.of() : stored.get(i).getSourceAsMap();
            if (SeedPath.remove(source, feed.field())) {
                writes.add(
                        DocumentStore.rewrite(stored.get(i), candidates.get(i).routing(), source));
            } else {
                gone++;
            }
        }
        return gone + written(documents.write(writes));
    }

    private static int written(BulkItemResponse[] items) {
        List<BulkItemResponse> failed = new ArrayList<>();
        for (BulkItemResponse item : items) {
            if (item.isFailed()) {
                failed.add(item);
            }
        }
        failed.stream()
                .filter(item -> item.status() != RestStatus.CONFLICT)
                .findFirst()
                .ifPresent(item -> {
                    throw new IllegalStateException(
                            "blocks could not be taken out", item.getFailure().getCause());
                });
        return items.length - failed.size();
    }
}
