package org.opensearch.ralm.plugin.seeds;

import java.util.List;
import java.util.Map;
import org.opensearch.common.settings.Setting;
import org.opensearch.common.settings.Setting.Property;
import org.opensearch.ingest.IngestDocumentWrapper;
import org.opensearch.ralm.plugin.ingest.AsyncBatchProcessor;

/**
 * The ingest processor {@code ralm_seeds}: turns the seed users of candidates into seed blocks, so that a candidate can
 * be scored as soon as it is indexed.
 *
 * <pre>{@code {"ralm_seeds": {"feed": "news", "target_field": "ralm"}}}</pre>
 *
 * <p>{@link CandidateWrite} has the rules. Every write is compare-and-set against the candidate that was read: a writer
 * who comes between fails this one with a 409, to be sent again. That takes the place of an {@code if_seq_no} of the
 * request. So it is with several documents of one candidate in one bulk: the first is written. Vectors are read as the
 * user who writes.
 *
 * <p>Partial updates in a {@code _bulk} bypass pipelines: give seeds in whole documents or by {@code _update}. Seeds
 * that came the other way are found out, and counted, when the candidate is next written through the processor, but in a
 * feed with clicks only if none of the candidate's have been counted before. Under {@code if} or in a nested pipeline
 * documents come one by one, which is slow. Immutable.
 */
public final class SeedsProcessor extends AsyncBatchProcessor {

    /** The processor's name in pipelines. */
    public static final String TYPE = "ralm_seeds";

    /** Where documents bring their seeds; refresh and audience read them there, too. */
    public static final String SEEDS_FIELD = "seed_users";

    /** The most seeds one document may bring. */
    public static final Setting<Integer> MAX_SEED_USERS = Setting.intSetting(
            "plugins.ralm.ingest.max_seed_users", 100_000, 1, 3_000_000, Property.NodeScope, Property.Dynamic);

    private final SeedIngest ingest;
    private final String feed;
    private final String targetField;

    SeedsProcessor(String tag, String description, int batchSize, SeedIngest ingest, String feed, String targetField) {
        super(tag, description, batchSize);
        this.ingest = ingest;
        this.feed = feed;
        this.targetField = targetField;
    }

    /** Reads how many candidates a sub-batch has at most from the processor's definition. */
    static int batchSize(String tag, Map<String, Object> config, int byDefault) {
        return readBatchSize(TYPE, tag, config, byDefault);
    }

    @Override
    public String getType() {
        return TYPE;
    }

    String feed() {
        return feed;
    }

    String targetField() {
        return targetField;
    }

    @Override
    protected Batch batch(List<IngestDocumentWrapper> documents) {
        return new SeedBatch(documents, ingest, feed, targetField);
    }
}
