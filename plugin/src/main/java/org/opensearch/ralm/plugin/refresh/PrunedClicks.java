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
import org.opensearch.core.tasks.TaskCancelledException;
import org.opensearch.index.shard.IndexShard;
import org.opensearch.ralm.plugin.click.ClickId;
import org.opensearch.ralm.plugin.click.VectorFields;
import org.opensearch.ralm.plugin.feed.Feed;
import org.opensearch.transport.client.Client;

/**
 * Takes the vectors of a slot out of the clicks of one shard, a bounded number a cycle. Every write is compare-and-set.
 */
final class PrunedClicks extends Pruning {

    private static final int MOST_CLICKS = 20_000;
    private static final int CLICKS_A_BATCH = 1_000;

    private final Feed feed;
    private final DocumentStore documents;
    private long done;

    private record Click(String candidate, String user) {}

    PrunedClicks(IndexShard shard, Feed feed, Client client) {
        super(shard);
        this.feed = feed;
        this.documents = new DocumentStore(client);
    }

    @Override
    public void run(Set<String> candidates, boolean recluster, BooleanSupplier isCancelled) throws Exception {
        try (ClickSnapshot snapshot = ClickSnapshot.take(shard(), feed)) {
            List<Click> batch = new ArrayList<>();
            int seen = 0;
            ClickCursor clicks = snapshot.clicksWithVectorFields();
            while (seen < MOST_CLICKS && clicks.next()) {
                seen++;
                batch.add(new Click(clicks.candidate(), clicks.user()));
                if (batch.size() == CLICKS_A_BATCH) {
                    prune(batch, isCancelled);
                }
            }
            prune(batch, isCancelled);
            done += seen;
            long left = seen == MOST_CLICKS ? snapshot.clicks() : 0;
            tell(done + left, done, 0, 0, seen == 0);
        }
    }

    private void prune(List<Click> clicks, BooleanSupplier isCancelled) throws Exception {
        if (isCancelled.getAsBoolean()) {
            throw new TaskCancelledException("the refresh was cancelled");
        }
        if (clicks.isEmpty()) {
            return;
        }
        MultiGetRequest request = new MultiGetRequest();
        for (Click click : clicks) {
            String id = ClickId.of(click.candidate(), click.user());
            request.add(new MultiGetRequest.Item(shard().shardId().getIndexName(), id).routing(click.candidate()));
        }
        List<GetResponse> stored = documents.read(request);
        BulkRequest writes = new BulkRequest();
        for (int i = 0; i < clicks.size(); i++) {
            Map<String, Object> source =
                    stored.get(i) == null ? null : stored.get(i).getSourceAsMap();
            if (source != null && VectorFields.of(feed).remove(source)) {
                writes.add(DocumentStore.rewrite(stored.get(i), clicks.get(i).candidate(), source));
            }
        }
        for (BulkItemResponse item : documents.write(writes)) {
            if (item.isFailed() && item.status().getStatus() >= 429) {
                throw new IllegalStateException(
                        "clicks could not be written", item.getFailure().getCause());
            }
        }
        clicks.clear();
    }
}
