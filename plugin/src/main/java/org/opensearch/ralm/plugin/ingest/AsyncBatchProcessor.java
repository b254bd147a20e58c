package org.opensearch.ralm.plugin.ingest;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.opensearch.ExceptionsHelper;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.ingest.AbstractBatchingProcessor;
import org.opensearch.ingest.ConfigurationUtils;
import org.opensearch.ingest.IngestDocument;
import org.opensearch.ingest.IngestDocumentWrapper;

/** An ingest processor that works on many documents at a time and waits for other nodes meanwhile. */
public abstract class AsyncBatchProcessor extends AbstractBatchingProcessor {

    /** The most documents that are worked on at a time. */
    private static final int LARGEST_BATCH = 10_000;

    /** The documents of one sub-batch on their way through the processor; used once. */
    public interface Batch {

        /** Answers when all documents are complete or have their fault; fails if none could be worked on. */
        void run(ActionListener<Void> listener);

        /**
         * The documents as they left.
         *
         * @param fault what failed them all; null if nothing did
         */
        List<IngestDocumentWrapper> results(Exception fault);

        /** Whether a fault says that there was no room, so that the document may be sent again. */
        default boolean isRejection(Exception fault) {
            return fault != null && ExceptionsHelper.status(fault) == RestStatus.TOO_MANY_REQUESTS;
        }
    }

    /**
     * @param batchSize how many documents a sub-batch has at most
     */
    protected AsyncBatchProcessor(String tag, String description, int batchSize) {
        super(tag, description, batchSize);
    }

    /**
     * Reads the size of sub-batches from a processor's definition.
     *
     * @param type the processor's name in pipelines
     */
    protected static int readBatchSize(String type, String tag, Map<String, Object> config, int byDefault) {
        int batchSize = ConfigurationUtils.readIntProperty(type, tag, config, BATCH_SIZE_FIELD, byDefault);
        if (batchSize < 1 || batchSize > LARGEST_BATCH) {
            throw ConfigurationUtils.newConfigurationException(
                    type, tag, BATCH_SIZE_FIELD, "must be 1 to " + LARGEST_BATCH + ", but is " + batchSize);
        }
        return batchSize;
    }

    /** Takes some documents on. */
    protected abstract Batch batch(List<IngestDocumentWrapper> documents);

    @Override
    public final IngestDocument execute(IngestDocument document) {
        throw new UnsupportedOperationException("the processor [" + getType() + "] works asynchronously");
    }

    @Override
    public final void execute(IngestDocument document, BiConsumer<IngestDocument, Exception> handler) {
        subBatchExecute(List.of(new IngestDocumentWrapper(0, 0, document, null)), results -> {
            IngestDocumentWrapper result = results.get(0);
            handler.accept(result.getIngestDocument(), result.getException());
        });
    }

    @Override
    protected final void subBatchExecute(
            List<IngestDocumentWrapper> documents, Consumer<List<IngestDocumentWrapper>> handler) {
        Batch batch = batch(documents);
        // The pipeline must hear of every document exactly once, even if it fails itself while it listens.
        ActionListener<Void> listener = ActionListener.notifyOnce(new ActionListener<>() {
            @Override
            public void onResponse(Void done) {
                handler.accept(batch.results(null));
            }

            @Override
            public void onFailure(Exception e) {
                handler.accept(batch.results(e));
            }
        });
        try {
            batch.run(listener);
        } catch (Exception e) {
            listener.onFailure(e);
        }
    }
}
