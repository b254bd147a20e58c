package org.opensearch.ralm.plugin.feed;

import java.util.Map;
import org.opensearch.cluster.metadata.Metadata;

/** The field of vectors beside that of the seed blocks, by which candidates are recalled before they are scored. */
public final class RecallField {

    /** Its name. */
    public static final String NAME = "global";

    /** The name of its type, which is k-NN's. */
    public static final String TYPE = "knn_vector";

    private RecallField() {}

    /** Its path beside the field of seed blocks. */
    public static String beside(String seedField) {
        return seedField.substring(0, seedField.lastIndexOf('.') + 1) + NAME;
    }

    /**
     * Whether the candidates that are written to under a name have one.
     *
     * @param candidates an index, alias or data stream that need not exist
     */
    public static boolean isMapped(Metadata metadata, String candidates, String seedField) {
        if (IndexMapping.exists(metadata, candidates) == false) {
            return false;
        }
        Map<?, ?> definition = IndexMapping.of(metadata, candidates).field(beside(seedField));
        return definition != null && TYPE.equals(definition.get("type"));
    }

    /** Its definition in a mapping: a graph that Lucene keeps, so that a search needs no class of k-NN. */
    public static Map<String, Object> definition(int dimension) {
        Map<String, Object> method = Map.of("name", "hnsw", "engine", "lucene", "space_type", "cosinesimil");
        return Map.of("type", TYPE, "dimension", dimension, "method", method);
    }
}
