package org.opensearch.ralm.plugin.seeds;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.opensearch.common.settings.Setting;
import org.opensearch.common.settings.Setting.Property;
import org.opensearch.core.action.ActionListener;
import org.opensearch.ingest.AbstractBatchingProcessor;
import org.opensearch.ingest.IngestDocument;
import org.opensearch.ingest.IngestDocumentWrapper;

/**
 * The ingest processor {@code ralm_seeds}: turns the seed users of candidates into seed blocks, so that a candidate can
 * be scored as soon as it is indexed.
 *
 * <pre>{@code {"ralm_seeds": {"feed": "news", "seeds_field": "seed_users", "target_field": "ralm"}}}</pre>
 *
 * <p>{@link CandidateWrite} has the rules. Every write is compare-and-set against the candidate that was read: a writer
 * who comes between fails this one with a 409, to be sent again. That takes the place of an {@code if_seq_no} of the
 * request. So it is with several documents of one candidate in one bulk: the first is written. Vectors are read as the
 * user who writes.
 *
 * <p>Partial updates in a {@code _bulk} bypass pipelines: give seeds in whole documents or by {@code _update}. Seeds
 * that came the other way are found out, and counted, when the candidate is next written through the processor. Under
 * {@code if} or in a nested pipeline documents come one by one, which is slow. Immutable.
 */
public final class SeedsProcessor extends AbstractBatchingProcessor {

    /** The processor's name in pipelines. */
    public static final String TYPE = "ralm_seeds";

    /** Where documents bring their seeds, unless the processor is told otherwise. */
    public static final String DEFAULT_SEEDS_FIELD = "seed_users";

    /** The most seeds one document may bring. */
    public static final Setting<Integer> MAX_SEED_USERS = Setting.intSetting(
            "plugins.ralm.ingest.max_seed_users", 100_000, 1, 3_000_000, Property.NodeScope, Property.Dynamic);

    private final SeedIngest ingest;
    private final String feed;
    private final String seedsField;
    private final String targetField;

    SeedsProcessor(
            String tag,
            String description,
            int batchSize,
            SeedIngest ingest,
            String feed,
            String seedsField,
            String targetField) {
        super(tag, description, batchSize);
        this.ingest = ingest;
        this.feed = feed;
        this.seedsField = seedsField;
        this.targetField = targetField;
    }

    @Override
    public String getType() {
        return TYPE;
    }

    String feed() {
        return feed;
    }

    String seedsField() {
        return seedsField;
    }

    String targetField() {
        return targetField;
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
        SeedBatch batch = new SeedBatch(documents, ingest, seedsField, targetField);
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
