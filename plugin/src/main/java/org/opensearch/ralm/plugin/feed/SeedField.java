package org.opensearch.ralm.plugin.feed;

import java.util.Map;
import org.opensearch.cluster.metadata.IndexAbstraction;
import org.opensearch.cluster.metadata.IndexMetadata;
import org.opensearch.cluster.metadata.MappingMetadata;
import org.opensearch.cluster.metadata.Metadata;

/** What the mapping of candidates says of the field their seed blocks go to. */
public final class SeedField {

    /** The name of the field type. */
    public static final String TYPE = "ralm_seeds";

    private SeedField() {}

    /** Whether there is an index, alias or data stream of a name. */
    public static boolean indexExists(Metadata metadata, String index) {
        return metadata.getIndicesLookup().containsKey(index);
    }

    /**
     * The dimension of a field of type {@code ralm_seeds}.
     *
     * @param index an index, alias or data stream that exists; of several indices the one that is written to counts
     * @param field the path of the field
     * @throws IllegalArgumentException if it has no such field, or one of another type
     */
    public static int dimension(Metadata metadata, String index, String field) {
        IndexMetadata written = writtenIndex(metadata.getIndicesLookup().get(index));
        MappingMetadata mapping = written.mapping();
        Map<?, ?> definition = mapping == null ? null : definition(mapping.sourceAsMap(), field);
        if (definition == null || TYPE.equals(definition.get("type")) == false) {
            Object type = definition == null ? null : definition.get("type");
            throw new IllegalArgumentException("index [" + written.getIndex().getName() + "] "
                    + (type == null
                            ? "has no field [" + field + "]"
                            : "has field [" + field + "] of type [" + type + "]")
                    + ", expected one of type [" + TYPE + "]");
        }
        return Integer.parseInt(String.valueOf(definition.get("dimension")));
    }

    /** Whether an index that exists has a field of type {@code ralm_seeds} of a dimension. */
    public static boolean hasDimension(Metadata metadata, String index, String field, int dimension) {
        try {
            return dimension(metadata, index, field) == dimension;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static IndexMetadata writtenIndex(IndexAbstraction abstraction) {
        IndexMetadata write = abstraction.getWriteIndex();
        return write == null ? abstraction.getIndices().get(0) : write;
    }

    private static Map<?, ?> definition(Map<String, Object> mapping, String field) {
        Map<?, ?> at = mapping;
        for (String step : field.split("\\.")) {
            if (at.get("properties") instanceof Map<?, ?> properties
                    && properties.get(step) instanceof Map<?, ?> child) {
                at = child;
            } else {
                return null;
            }
        }
        return at;
    }
}
