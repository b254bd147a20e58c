package org.opensearch.ralm.plugin.exposure;

import java.util.Base64;
import java.util.Map;
import org.apache.lucene.util.BytesRef;
import org.opensearch.cluster.metadata.Metadata;
import org.opensearch.index.mapper.MappedFieldType;
import org.opensearch.ralm.plugin.feed.IndexMapping;

/** Where a candidate's thresholds are: members of the object that holds its seed block, and their fields. */
public final class ExposureField {

    /** The thresholds; their field is of the core type {@code binary} with doc values, which any node can read. */
    public static final String THRESHOLDS = "exposure";

    /** The raw score from which on a user is in the top 5 percent, for people and charts. */
    public static final String TOP_5_PERCENT = "top_5_percent_score";

    private static final String BINARY = "binary";

    private ExposureField() {}

    /** The path of the thresholds beside the field of a block. */
    public static String beside(String field) {
        return parent(field) + THRESHOLDS;
    }

    private static String parent(String field) {
        return field.substring(0, field.lastIndexOf('.') + 1);
    }

    /**
     * Whether an index has the fields that thresholds go to.
     *
     * @param index one that exists
     * @param field of the block
     */
    public static boolean isMapped(Metadata metadata, String index, String field) {
        IndexMapping mapping = IndexMapping.of(metadata, index);
        Map<?, ?> thresholds = mapping.field(beside(field));
        return thresholds != null
                && BINARY.equals(thresholds.get("type"))
                && Boolean.parseBoolean(String.valueOf(thresholds.get("doc_values")))
                && mapping.field(parent(field) + TOP_5_PERCENT) != null;
    }

    /**
     * Refuses a mapping that a query cannot find thresholds by.
     *
     * @param type the field beside that of the block, as it is mapped; null if it is not
     * @param field of the block
     * @throws IllegalArgumentException naming the field and what was expected
     */
    public static void check(MappedFieldType type, String field) {
        if (type == null || type.typeName().equals(BINARY) == false || type.hasDocValues() == false) {
            throw new IllegalArgumentException("[exposure] needs a field [" + beside(field) + "] of type [" + BINARY
                    + "] with doc values, which _setup of the feed adds, but the mapping has "
                    + (type == null ? "none of that name" : "one of type [" + type.typeName() + "]"));
        }
    }

    /** The thresholds in the object of a candidate, or null if there are none. */
    public static ExposureThresholds in(Map<String, Object> object) {
        return object.get(THRESHOLDS) instanceof String base64
                ? new ExposureThresholds(new BytesRef(Base64.getDecoder().decode(base64)))
                : null;
    }

    /** Writes thresholds into the object of a candidate. */
    public static void put(Map<String, Object> object, ExposureThresholds thresholds) {
        BytesRef bytes = thresholds.bytes();
        object.put(THRESHOLDS, Base64.getEncoder().encodeToString(BytesRef.deepCopyOf(bytes).bytes));
        object.put(TOP_5_PERCENT, (float) thresholds.lowest(5));
    }

    /** Takes thresholds out of the object of a candidate whose block is another now. */
    public static void remove(Map<String, Object> object) {
        object.remove(THRESHOLDS);
        object.remove(TOP_5_PERCENT);
    }
}
