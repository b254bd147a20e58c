package org.opensearch.ralm.plugin.click;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.opensearch.action.ActionRunnable;
import org.opensearch.action.StepListener;
import org.opensearch.action.get.MultiGetItemResponse;
import org.opensearch.action.get.MultiGetRequest;
import org.opensearch.action.get.MultiGetResponse;
import org.opensearch.cluster.metadata.Metadata;
import org.opensearch.core.action.ActionListener;
import org.opensearch.ingest.IngestDocument;
import org.opensearch.ingest.IngestDocumentWrapper;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.plugin.feed.Feed;
import org.opensearch.ralm.plugin.feed.IndexMapping;
import org.opensearch.ralm.plugin.feed.Refusal;
import org.opensearch.ralm.plugin.feed.UserVectors;
import org.opensearch.ralm.plugin.ingest.AsyncBatchProcessor;
import org.opensearch.ralm.plugin.ingest.CheckedIndices;
import org.opensearch.ralm.plugin.stats.Stat;
import org.opensearch.ralm.plugin.system.Reservation;

/**
 * One sub-batch of clicks on its way through the processor: at most one request, for the vectors of users who are not in
 * the cache.
 *
 * <p>A click's own fault fails that click only. Users who cannot be read just now do not hold clicks up, unless it is
 * the caller who must not read them. One thread at a time works here.
 */
final class ClickBatch implements AsyncBatchProcessor.Batch {

    private static final String INDEX = IngestDocument.Metadata.INDEX.getFieldName();

    private final List<IngestDocumentWrapper> documents;
    private final ClickIngest ingest;
    private final String feedName;
    private final Exception[] faults;
    private final Map<String, List<Integer>> waiting = new LinkedHashMap<>();
    private final ClickWrite[] writes;
    private Feed feed;
    private int dimension;
    private UserVectorCache.Scope scope;

    ClickBatch(List<IngestDocumentWrapper> documents, ClickIngest ingest, String feedName) {
        this.documents = documents;
        this.ingest = ingest;
        this.feedName = feedName;
        this.faults = new Exception[documents.size()];
        this.writes = new ClickWrite[documents.size()];
    }

    @Override
    public void run(ActionListener<Void> listener) {
        ingest.stats().add(Stat.CLICKS, documents.size());
        if (ingest.isOn().getAsBoolean() == false) {
            keepForLater();
            listener.onResponse(null);
            return;
        }
        String caller = ingest.caller().get();
        StepListener<Feed> found = new StepListener<>();
        StepListener<LookalikeModel> model = new StepListener<>();
        found.whenComplete(
                named -> {
                    feed = named;
                    requireClicks();
                    ingest.models().accept(named.model(), model);
                },
                listener::onFailure);
        model.whenComplete(
                ready -> {
                    dimension = ready.dimension();
                    Metadata metadata = ingest.metadata().get();
                    String users = IndexMapping.identity(metadata, feed.users());
                    scope = new UserVectorCache.Scope(caller, users, feed.model());
                    readDocuments(metadata);
                    fetchVectors(listener);
                },
                listener::onFailure);
        ingest.feeds().accept(feedName, found);
    }

    @Override
    public List<IngestDocumentWrapper> results(Exception fault) {
        List<IngestDocumentWrapper> results = new ArrayList<>(documents.size());
        int failures = 0;
        for (int i = 0; i < faults.length; i++) {
            IngestDocumentWrapper document = documents.get(i);
            Exception own = fault == null ? faults[i] : fault;
            failures += own == null ? 0 : 1;
            results.add(new IngestDocumentWrapper(
                    document.getSlot(), document.getChildSlot(), document.getIngestDocument(), own));
        }
        ingest.stats().add(Stat.CLICK_FAILURES, failures);
        return results;
    }

    /** Nothing is looked up while the plugin is off: the refresh will find these clicks like any of unknown users. */
    private void keepForLater() {
        long received = ingest.clock().get().toEpochMilli();
        for (int i = 0; i < faults.length; i++) {
            try {
                new ClickWrite(documents.get(i).getIngestDocument(), received).complete(null, null);
            } catch (IllegalArgumentException e) {
                faults[i] = e;
            }
        }
        ingest.stats().add(Stat.CLICKS_OF_UNKNOWN_USERS, faults.length);
    }

    private void requireClicks() {
        if (feed.hasClicks() == false) {
            throw new IllegalArgumentException("feed [" + feed.name() + "] has no [clicks], so the processor ["
                    + ClicksProcessor.TYPE + "] has nowhere to write them");
        }
    }

    private void readDocuments(Metadata metadata) {
        CheckedIndices indices = new CheckedIndices(index -> requireIndex(metadata, index));
        long received = ingest.clock().get().toEpochMilli();
        for (int i = 0; i < faults.length; i++) {
            IngestDocument document = documents.get(i).getIngestDocument();
            try {
                indices.require((String) document.getSourceAndMetadata().get(INDEX));
                writes[i] = new ClickWrite(document, received);
                complete(i);
            } catch (Exception e) {
                faults[i] = e;
            }
        }
    }

    private void complete(int i) {
        String user = writes[i].user();
        String vector = ingest.vectors().get(scope, user);
        if (vector == null) {
            waiting.computeIfAbsent(user, missing -> new ArrayList<>(1)).add(i);
        } else {
            writes[i].complete(feed.model(), vector);
        }
    }

    private void requireIndex(Metadata metadata, String index) {
        if (IndexMapping.exists(metadata, index) && IndexMapping.isWithin(metadata, index, feed.clicks()) == false) {
            throw new IllegalArgumentException("the clicks of feed [" + feed.name() + "] belong to index ["
                    + feed.clicks() + "], but this one is sent to [" + index + "]");
        }
        ClicksMapping.check(metadata, index, feed);
    }

    private void fetchVectors(ActionListener<Void> listener) {
        if (waiting.isEmpty()) {
            listener.onResponse(null);
            return;
        }
        Reservation room =
                ingest.memory().reserve(UserVectors.bytes(waiting.size(), dimension, waiting.size()), "ralm_clicks");
        ActionListener<Void> released = ActionListener.runBefore(listener, room::close);
        MultiGetRequest request = new MultiGetRequest().preference("_local");
        for (String user : waiting.keySet()) {
            request.add(new MultiGetRequest.Item(feed.users(), user).fetchSourceContext(UserVectors.FIELDS));
        }
        ingest.client()
                .multiGet(
                        request,
                        ActionListener.wrap(
                                response ->
                                        ingest.executor().execute(ActionRunnable.run(released, () -> take(response))),
                                e -> {
                                    waiting.forEach((user, clicks) -> complete(clicks, null, e));
                                    released.onResponse(null);
                                }));
    }

    private void take(MultiGetResponse response) {
        for (MultiGetItemResponse item : response.getResponses()) {
            List<Integer> clicks = waiting.get(item.getId());
            if (item.isFailed()) {
                complete(clicks, null, item.getFailure().getFailure());
            } else {
                complete(clicks, vector(item), null);
            }
        }
    }

    /** The vector as it is written; null if the user has none that fits. */
    private String vector(MultiGetItemResponse item) {
        if (item.getResponse().isExists() == false) {
            return null;
        }
        String user = item.getId();
        try {
            String vector =
                    ClickFields.encoded(UserVectors.vector(item.getResponse().getSourceAsMap(), feed, user, dimension));
            ingest.vectors().put(scope, user, vector);
            return vector;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private void complete(List<Integer> clicks, String vector, Exception failure) {
        boolean refused = failure != null && Refusal.is(failure);
        for (int click : clicks) {
            if (refused) {
                faults[click] = failure;
            } else {
                writes[click].complete(feed.model(), vector);
            }
        }
        if (refused == false && vector == null) {
            ingest.stats().add(Stat.CLICKS_OF_UNKNOWN_USERS, clicks.size());
        }
    }
}
