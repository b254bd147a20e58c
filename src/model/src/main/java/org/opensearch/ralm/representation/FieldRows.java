package org.opensearch.ralm.representation;

import java.util.Objects;

/**
 * One field of a batch of users: for each user a weighted list of rows of the field's embedding table. The field's
 * vector is their weighted sum: the mean of a multivalent field's rows, the one row of a univalent field, the fully
 * connected layer over scaled numbers of the continuous field.
 *
 * <p>The arrays are not copied: whoever hands them over must not change them afterwards.
 *
 * @param offsets users + 1 positions into the entries; a user without entries lacks the field, which is then masked
 * @param ids the table row of each entry
 * @param weights the weight of each entry
 */
public record FieldRows(int[] offsets, int[] ids, float[] weights) {

    /** Checks that the arrays fit each other. */
    public FieldRows {
        Objects.requireNonNull(offsets, "offsets");
        if (ids.length != weights.length || offsets[offsets.length - 1] != ids.length) {
            throw new IllegalArgumentException(ids.length + " ids, " + weights.length + " weights and a last offset of "
                    + offsets[offsets.length - 1] + " do not fit each other");
        }
    }

    /** How many users the batch has. */
    public int users() {
        return offsets.length - 1;
    }

    /** Whether a user has the field. */
    public boolean present(int user) {
        return offsets[user + 1] > offsets[user];
    }

    /**
     * Writes the field's vector of one user.
     *
     * @param user the user's place in the batch
     * @param table the embedding table, row after row
     * @param width the width d of a row
     * @param out takes d values
     * @param outOffset where they begin
     */
    public void sum(int user, float[] table, int width, float[] out, int outOffset) {
        for (int entry = offsets[user]; entry < offsets[user + 1]; entry++) {
            int row = ids[entry] * width;
            float weight = weights[entry];
            for (int d = 0; d < width; d++) {
                out[outOffset + d] += weight * table[row + d];
            }
        }
    }
}
