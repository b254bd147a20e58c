package org.opensearch.ralm.content;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.opensearch.ralm.artifact.ContentForm;
import org.opensearch.ralm.hash.Murmur3;

/**
 * The features of one candidate's content: weighted buckets.
 *
 * <p>A value of a field falls into bucket MurmurHash3_x86_32(UTF-8 of {@code field=value}, seed 0), unsigned, modulo B.
 * Of a field with n distinct values each has the weight 1/n, so that no field speaks louder for having many. The
 * features depend on the values alone, not on their order.
 *
 * <p>The arrays are not copied: read them only.
 *
 * @param buckets a row of {@code content.weight} each; two values may share one
 * @param weights the weight of each
 */
public record ContentFeatures(int[] buckets, float[] weights) {

    /**
     * Hashes content.
     *
     * @param content the values of fields by their names; fields that the form does not name are not looked at
     */
    public static ContentFeatures of(ContentForm form, Map<String, ? extends Collection<String>> content) {
        int[] buckets = new int[16];
        float[] weights = new float[16];
        int size = 0;
        for (String field : form.fields()) {
            Collection<String> given = content.get(field);
            TreeSet<String> values = new TreeSet<>(given == null ? List.of() : given);
            for (String value : values) {
                if (size == buckets.length) {
                    buckets = Arrays.copyOf(buckets, 2 * size);
                    weights = Arrays.copyOf(weights, 2 * size);
                }
                buckets[size] = Murmur3.share(field + "=" + value, form.buckets());
                weights[size++] = 1f / values.size();
            }
        }
        return new ContentFeatures(Arrays.copyOf(buckets, size), Arrays.copyOf(weights, size));
    }

    /** How many there are; none if nothing is known of the candidate. */
    public int size() {
        return buckets.length;
    }
}
