package org.opensearch.ralm.trainer.baseline;

/**
 * An item's own linear score of users.
 *
 * @param weights of the features that have one
 * @param bias    the score of a user without any of them
 */
record LinearModel(SparseVector weights, double bias) {

    /** A model that gives every user the same score. */
    static LinearModel constant(double score) {
        return new LinearModel(new SparseVector(new int[0], new float[0]), score);
    }

    /** Writes the weights into an array of all features. */
    void spread(float[] dense) {
        for (int i = 0; i < weights.features().length; i++) {
            dense[weights.features()[i]] = weights.values()[i];
        }
    }

    /** Undoes {@link #spread}. */
    void clear(float[] dense) {
        for (int feature : weights.features()) {
            dense[feature] = 0;
        }
    }

    /** The score of a user, given the weights spread out. */
    float score(SparseVector user, float[] spread) {
        double sum = bias;
        for (int i = 0; i < user.features().length; i++) {
            sum += spread[user.features()[i]] * user.values()[i];
        }
        return (float) sum;
    }
}
