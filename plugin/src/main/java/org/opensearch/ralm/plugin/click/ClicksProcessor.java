package org.opensearch.ralm.plugin.click;

import java.util.List;
import java.util.Map;
import org.opensearch.ingest.IngestDocumentWrapper;
import org.opensearch.ralm.plugin.ingest.AsyncBatchProcessor;

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
public final class ClicksProcessor extends AsyncBatchProcessor {

    /** The processor's name in pipelines. */
    public static final String TYPE = "ralm_clicks";

    private final ClickIngest ingest;
    private final String feed;

    ClicksProcessor(String tag, String description, int batchSize, ClickIngest ingest, String feed) {
        super(tag, description, batchSize);
        this.ingest = ingest;
        this.feed = feed;
    }

    /** Reads how many clicks a sub-batch has at most from the processor's definition. */
    static int batchSize(String tag, Map<String, Object> config, int byDefault) {
        return readBatchSize(TYPE, tag, config, byDefault);
    }

    @Override
    public String getType() {
        return TYPE;
    }

    @Override
    protected Batch batch(List<IngestDocumentWrapper> documents) {
        return new ClickBatch(documents, ingest, feed);
    }
}
