package org.opensearch.ralm.plugin.click;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.opensearch.action.StepListener;
import org.opensearch.cluster.metadata.Metadata;
import org.opensearch.core.action.ActionListener;
import org.opensearch.ingest.IngestDocument;
import org.opensearch.ingest.IngestDocumentWrapper;
import org.opensearch.ralm.plugin.feed.Feed;
import org.opensearch.ralm.plugin.feed.IndexMapping;
import org.opensearch.ralm.plugin.ingest.AsyncBatchProcessor;
import org.opensearch.ralm.plugin.ingest.CheckedIndices;
import org.opensearch.ralm.plugin.stats.Stat;

/**
 * One sub-batch of clicks on its way through the processor: at most one request a model, for the vectors of users who
 * are not in the cache. While a feed's model is changed clicks are given vectors of both models.
 *
 * <p>A click's own fault fails that click only. Users who cannot be read just now do not hold clicks up, unless it is
 * the caller who must not read those of the model in use. One thread at a time works here.
 */
final class ClickBatch implements AsyncBatchProcessor.Batch {

    private static final String INDEX = IngestDocument.Metadata.INDEX.getFieldName();

    private final List<IngestDocumentWrapper> documents;
    private final ClickIngest ingest;
    private final String feedName;
    private final Exception[] faults;
    private final ClickWrite[] writes;

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
        StepListener<Void> completed = new StepListener<>();
        found.whenComplete(
                feed -> {
                    requireClicks(feed);
                    readDocuments(feed);
                    new ClickVectors(ingest, feed, (click, vector, refusal) -> complete(feed, click, vector, refusal))
                            .find(caller, sound(), completed);
                },
                listener::onFailure);
        completed.whenComplete(done -> completeBeside(caller, found.result(), listener), listener::onFailure);
        ingest.feeds().accept(feedName, found);
    }

    private void completeBeside(String caller, Feed feed, ActionListener<Void> listener) {
        if (feed.isTwofold() == false) {
            listener.onResponse(null);
            return;
        }
        Feed beside = feed.beside().orElseThrow();
        new ClickVectors(ingest, beside, (click, vector, refusal) -> click.complete(beside, vector))
                .find(caller, sound(), ActionListener.wrap(listener::onResponse, e -> {
                    // The refresh looks for vectors of the other model again.
                    sound().forEach(click -> click.complete(beside, null));
                    listener.onResponse(null);
                }));
    }

    @Override
    public List<IngestDocumentWrapper> results(Exception fault) {
        List<IngestDocumentWrapper> results = new ArrayList<>(documents.size());
        int failures = 0;
        int rejections = 0;
        for (int i = 0; i < faults.length; i++) {
            IngestDocumentWrapper document = documents.get(i);
            Exception own = fault == null ? faults[i] : fault;
            failures += own == null ? 0 : 1;
            rejections += isRejection(own) ? 1 : 0;
            results.add(new IngestDocumentWrapper(
                    document.getSlot(), document.getChildSlot(), document.getIngestDocument(), own));
        }
        ingest.stats().add(Stat.CLICK_FAILURES, failures);
        ingest.stats().add(Stat.CLICK_REJECTIONS, rejections);
        return results;
    }

    /** Nothing is looked up while the plugin is off: the refresh will find these clicks like any of unknown users. */
    private void keepForLater() {
        long received = ingest.clock().get().toEpochMilli();
        int kept = 0;
        for (int i = 0; i < faults.length; i++) {
            try {
                new ClickWrite(documents.get(i).getIngestDocument(), received).completeLater();
                kept++;
            } catch (IllegalArgumentException e) {
                faults[i] = e;
            }
        }
        ingest.stats().add(Stat.CLICKS_OF_UNKNOWN_USERS, kept);
    }

    private static void requireClicks(Feed feed) {
        if (feed.hasClicks() == false) {
            throw new IllegalArgumentException("feed [" + feed.name() + "] has no [clicks], so the processor ["
                    + ClicksProcessor.TYPE + "] has nowhere to write them");
        }
    }

    private void readDocuments(Feed feed) {
        Metadata metadata = ingest.metadata().get();
        CheckedIndices indices = new CheckedIndices(index -> requireIndex(metadata, index, feed));
        long received = ingest.clock().get().toEpochMilli();
        for (int i = 0; i < faults.length; i++) {
            IngestDocument document = documents.get(i).getIngestDocument();
            try {
                indices.require((String) document.getSourceAndMetadata().get(INDEX));
                writes[i] = new ClickWrite(document, received);
            } catch (Exception e) {
                faults[i] = e;
            }
        }
    }

    private static void requireIndex(Metadata metadata, String index, Feed feed) {
        if (IndexMapping.exists(metadata, index) && IndexMapping.isWithin(metadata, index, feed.clicks()) == false) {
            throw new IllegalArgumentException("the clicks of feed [" + feed.name() + "] belong to index ["
                    + feed.clicks() + "], but this one is sent to [" + index + "]");
        }
        ClicksMapping.check(metadata, index, feed);
    }

    private List<ClickWrite> sound() {
        return Stream.of(writes).filter(Objects::nonNull).toList();
    }

    private void complete(Feed feed, ClickWrite click, String vector, Exception refusal) {
        if (refusal != null) {
            int place = Arrays.asList(writes).indexOf(click);
            writes[place] = null;
            faults[place] = refusal;
            return;
        }
        click.complete(feed, vector);
        if (vector == null) {
            ingest.stats().count(Stat.CLICKS_OF_UNKNOWN_USERS);
        }
    }
}
