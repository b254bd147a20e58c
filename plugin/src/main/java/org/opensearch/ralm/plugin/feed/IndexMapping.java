package org.opensearch.ralm.plugin.feed;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.opensearch.cluster.metadata.IndexAbstraction;
import org.opensearch.cluster.metadata.IndexMetadata;
import org.opensearch.cluster.metadata.MappingMetadata;
import org.opensearch.cluster.metadata.Metadata;

/**
 * The mapping of an index.
 *
 * @param index the index's own name
 * @param routingRequired whether its documents must say where they belong
 * @param root the definition of the document
 */
public record IndexMapping(String index, boolean routingRequired, Map<String, Object> root) {

    /** Whether there is an index, alias or data stream of a name. */
    public static boolean exists(Metadata metadata, String name) {
        return metadata.getIndicesLookup().containsKey(name);
    }

    /**
     * The mapping of the index that is written to under a name.
     *
     * @param name an index, alias or data stream that exists
     */
    public static IndexMapping of(Metadata metadata, String name) {
        IndexMetadata written = written(metadata, name);
        MappingMetadata mapping = written.mapping();
        String index = written.getIndex().getName();
        return mapping == null
                ? new IndexMapping(index, false, Map.of())
                : new IndexMapping(index, mapping.routingRequired(), mapping.sourceAsMap());
    }

    /**
     * Whether what is written to under a name belongs to what another name stands for.
     *
     * @param name an index, alias or data stream that exists
     * @param group an index, alias or data stream
     */
    public static boolean isWithin(Metadata metadata, String name, String group) {
        IndexAbstraction found = metadata.getIndicesLookup().get(group);
        return found != null && found.getIndices().contains(written(metadata, name));
    }

    /** Whether two names, of indices, aliases or data streams, are one, or stand for an index in common. */
    public static boolean overlap(Metadata metadata, String name, String other) {
        return name.equals(other)
                || exists(metadata, name)
                        && exists(metadata, other)
                        && Collections.disjoint(indices(metadata, name), indices(metadata, other)) == false;
    }

    /**
     * What tells an index from another one of the same name before or after it; the name itself if there is none.
     *
     * @param name an index, alias or data stream
     */
    public static String identity(Metadata metadata, String name) {
        return exists(metadata, name) ? written(metadata, name).getIndexUUID() : name;
    }

    /** The definition of a field, or null if there is none of that path. */
    public Map<?, ?> field(String path) {
        Map<?, ?> at = root;
        for (String step : path.split("\\.")) {
            if (at.get("properties") instanceof Map<?, ?> properties
                    && properties.get(step) instanceof Map<?, ?> child) {
                at = child;
            } else {
                return null;
            }
        }
        return at;
    }

    /**
     * The definition of a field of a type.
     *
     * @throws IllegalArgumentException if there is no such field, or it is of another type
     */
    public Map<?, ?> field(String path, String type) {
        Map<?, ?> definition = field(path);
        if (definition != null && type.equals(definition.get("type"))) {
            return definition;
        }
        // Only objects may go without a type.
        Object found = definition == null || definition.get("type") != null ? definition : Map.of("type", "object");
        throw new IllegalArgumentException("index [" + index + "] "
                + (found == null
                        ? "has no field [" + path + "]"
                        : "has field [" + path + "] of type [" + ((Map<?, ?>) found).get("type") + "]")
                + ", expected one of type [" + type + "]");
    }

    /**
     * The indices a name stands for, but for closed ones.
     *
     * @param name of an index, alias or data stream, which need not exist
     */
    public static List<IndexMetadata> openIndices(Metadata metadata, String name) {
        return exists(metadata, name)
                ? indices(metadata, name).stream()
                        .filter(index -> index.getState() == IndexMetadata.State.OPEN)
                        .toList()
                : List.of();
    }

    private static List<IndexMetadata> indices(Metadata metadata, String name) {
        return metadata.getIndicesLookup().get(name).getIndices();
    }

    private static IndexMetadata written(Metadata metadata, String name) {
        IndexAbstraction abstraction = metadata.getIndicesLookup().get(name);
        IndexMetadata write = abstraction.getWriteIndex();
        return write == null ? abstraction.getIndices().get(0) : write;
    }
}
