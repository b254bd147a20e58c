package org.opensearch.ralm.plugin.click;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.opensearch.core.action.ActionListener;
import org.opensearch.ingest.AbstractBatchingProcessor;
import org.opensearch.ingest.IngestDocument;
import org.opensearch.ingest.IngestDocumentWrapper;

/**
 * The ingest processor {@code ralm_clicks}: completes clicks, {@code {"candidate": "a17", "user": "u42"}}, by their id,
 * their routing, the time they came and the vectors of their users.
 *
 * <pre>{@code {"ralm_clicks": {"feed": "news"}}}</pre>
 *
 * <p>One document a (candidate, user): a repeated click takes the place of the one before. Vectors are read as the user
 * who writes. A click of a user without a vector is kept, with {@code unknown_user}, to be completed later. Under
 * {@code if} or in a nested pipeline clicks come one by one, which is slow. Immutable.
 */
public final class ClicksProcessor extends AbstractBatchingProcessor {

    /** The processor's name in pipelines. */
    public static final String TYPE = "ralm_clicks";

    private final ClickIngest ingest;
    private final String feed;

    ClicksProcessor(String tag, String description, int batchSize, ClickIngest ingest, String feed) {
        super(tag, description, batchSize);
        this.ingest = ingest;
        this.feed = feed;
    }

    @Override
    public String getType() {
        return TYPE;
    }

    @Override
    public IngestDocument execute(IngestDocument document) {
        throw new UnsupportedOperationException("the processor [" + TYPE + "] works asynchronously");
    }

    @Override
    public void execute(IngestDocument document, BiConsumer<IngestDocument, Exception> handler) {
        subBatchExecute(List.of(new IngestDocumentWrapper(0, 0, document, null)), results -> {
            IngestDocumentWrapper result = results.get(0);
            handler.accept(result.getIngestDocument(), result.getException());
        });
    }

    @Override
    protected void subBatchExecute(
            List<IngestDocumentWrapper> documents, Consumer<List<IngestDocumentWrapper>> handler) {
        ClickBatch batch = new ClickBatch(documents, ingest);
        // The pipeline must hear of every document exactly once, even if it fails itself while it listens.
        batch.run(feed, ActionListener.notifyOnce(new ActionListener<>() {
            @Override
            public void onResponse(Void done) {
                handler.accept(batch.results(null));
            }

            @Override
            public void onFailure(Exception e) {
                handler.accept(batch.results(e));
            }
        }));
    }
}
