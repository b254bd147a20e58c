package org.opensearch.ralm.plugin.feed;

import org.opensearch.cluster.metadata.Metadata;

/** What the mapping of candidates says of the field their seed blocks go to. */
public final class SeedField {

    /** The name of the field type. */
    public static final String TYPE = "ralm_seeds";

    private SeedField() {}

    /**
     * The dimension of a field of type {@code ralm_seeds}.
     *
     * @param index an index, alias or data stream that exists; of several indices the one that is written to counts
     * @param field the path of the field
     * @throws IllegalArgumentException if it has no such field, or one of another type
     */
    public static int dimension(Metadata metadata, String index, String field) {
        Object dimension = IndexMapping.of(metadata, index).field(field, TYPE).get("dimension");
        return Integer.parseInt(String.valueOf(dimension));
    }

    /** Whether an index that exists has a field of type {@code ralm_seeds} of a dimension. */
    public static boolean hasDimension(Metadata metadata, String index, String field, int dimension) {
        try {
            return dimension(metadata, index, field) == dimension;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
