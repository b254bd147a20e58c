package org.opensearch.ralm.artifact;

import java.util.HashSet;
import java.util.List;

/**
 * How a candidate's content becomes the features of a content model: each value of each field is hashed, so that no
 * vocabulary is stored and values that training never saw do no harm.
 *
 * @param buckets B, the number of rows of {@code content.weight}, 1 to {@value #MOST_BUCKETS}
 * @param fields the names of the fields, 1 to {@value #MOST_FIELDS}, distinct
 */
public record ContentForm(int buckets, List<String> fields) {

    /** The largest number of buckets. */
    public static final int MOST_BUCKETS = 1 << 20;

    /** The largest number of fields. */
    public static final int MOST_FIELDS = 32;

    /** Checks the sizes and copies the list. */
    public ContentForm {
        fields = List.copyOf(fields);
        if (buckets < 1 || buckets > MOST_BUCKETS) {
            throw new IllegalArgumentException(
                    "a content model has 1 to " + MOST_BUCKETS + " buckets, but these are " + buckets);
        }
        if (fields.isEmpty()
                || fields.size() > MOST_FIELDS
                || new HashSet<>(fields).size() < fields.size()
                || fields.contains("")) {
            throw new IllegalArgumentException(
                    "a content model has 1 to " + MOST_FIELDS + " fields of distinct names, but these are " + fields);
        }
    }
}
