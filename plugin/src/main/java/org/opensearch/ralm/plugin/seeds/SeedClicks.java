package org.opensearch.ralm.plugin.seeds;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.opensearch.action.bulk.BulkItemResponse;
import org.opensearch.action.bulk.BulkRequest;
import org.opensearch.action.bulk.BulkResponse;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.ingest.IngestDocumentWrapper;
import org.opensearch.ralm.plugin.click.ListedClick;
import org.opensearch.ralm.plugin.feed.Feed;
import org.opensearch.transport.client.Client;

/**
 * Writes the seeds that candidates list as clicks, in a feed that has clicks, before the candidates themselves: a seed
 * that is acknowledged is a click. One that is there already is left as it is, so writing again changes nothing.
 */
final class SeedClicks {

    private static final int CLICKS_A_REQUEST = 1_000;

    private final Client client;
    private final Feed feed;
    private final Instant now;
    private final BiConsumer<IngestDocumentWrapper, Exception> refused;

    /** A seed that its candidate did not have before. */
    record Seed(IngestDocumentWrapper document, String candidate, String user) {}

    /**
     * @param client acts as the user who writes the candidates
     * @param refused is told of the documents one of whose clicks could not be written
     */
    SeedClicks(Client client, Feed feed, Instant now, BiConsumer<IngestDocumentWrapper, Exception> refused) {
        this.client = client;
        this.feed = feed;
        this.now = now;
        this.refused = refused;
    }

    /**
     * Writes clicks, a bounded number with each request, and answers when all are written or refused.
     *
     * @param vectors of the users who have one
     */
    void write(List<Seed> seeds, Map<String, float[]> vectors, ActionListener<Void> listener) {
        if (seeds.isEmpty()) {
            listener.onResponse(null);
            return;
        }
        List<Seed> first = seeds.subList(0, Math.min(seeds.size(), CLICKS_A_REQUEST));
        List<Seed> rest = seeds.subList(first.size(), seeds.size());
        BulkRequest request = new BulkRequest();
        for (Seed seed : first) {
            request.add(ListedClick.creation(feed, seed.candidate(), seed.user(), vectors.get(seed.user()), now));
        }
        client.bulk(
                request,
                ActionListener.wrap(
                        response -> {
                            take(first, response);
                            write(rest, vectors, listener);
                        },
                        e -> {
                            seeds.forEach(seed -> refused.accept(seed.document(), e));
                            listener.onResponse(null);
                        }));
    }

    private void take(List<Seed> seeds, BulkResponse response) {
        for (BulkItemResponse item : response) {
            if (item.isFailed() && item.status() != RestStatus.CONFLICT) {
                refused.accept(
                        seeds.get(item.getItemId()).document(),
                        item.getFailure().getCause());
            }
        }
    }
}
