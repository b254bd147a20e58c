package org.opensearch.ralm.plugin.health;

import java.util.Collection;
import java.util.Map;
import org.opensearch.cluster.metadata.IndexMetadata;
import org.opensearch.cluster.metadata.Metadata;
import org.opensearch.index.IndexSettings;
import org.opensearch.ingest.IngestMetadata;
import org.opensearch.ingest.PipelineConfiguration;

/** Which processors run on documents that are sent to an index. */
final class Pipelines {

    /** Pipelines that run others that run others. */
    private static final int DEEPEST = 10;

    private final Metadata metadata;
    private final Map<String, PipelineConfiguration> pipelines;

    Pipelines(Metadata metadata) {
        this.metadata = metadata;
        IngestMetadata ingest = metadata.custom(IngestMetadata.TYPE);
        this.pipelines = ingest == null ? Map.of() : ingest.getPipelines();
    }

    /** Whether the default or final pipeline of what a name stands for runs a processor of a feed. */
    boolean run(String index, String processor, String feed) {
        for (IndexMetadata concrete : metadata.getIndicesLookup().get(index).getIndices()) {
            String first = IndexSettings.DEFAULT_PIPELINE.get(concrete.getSettings());
            String last = IndexSettings.FINAL_PIPELINE.get(concrete.getSettings());
            if (holds(first, processor, feed, 0) == false && holds(last, processor, feed, 0) == false) {
                return false;
            }
        }
        return true;
    }

    private boolean holds(String pipeline, String processor, String feed, int depth) {
        PipelineConfiguration configuration = pipelines.get(pipeline);
        return configuration != null
                && depth < DEEPEST
                && within(configuration.getConfigAsMap(), processor, feed, depth);
    }

    private boolean within(Object config, String processor, String feed, int depth) {
        if (config instanceof Collection<?> list) {
            return list.stream().anyMatch(member -> within(member, processor, feed, depth));
        }
        if (config instanceof Map<?, ?> map) {
            return map.get(processor) instanceof Map<?, ?> own && feed.equals(own.get("feed"))
                    || map.get("pipeline") instanceof Map<?, ?> other
                            && holds(String.valueOf(other.get("name")), processor, feed, depth + 1)
                    || within(map.values(), processor, feed, depth);
        }
        return false;
    }
}
