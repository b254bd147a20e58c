package org.opensearch.ralm.trainer.baseline;

/**
 * A vector of which most is 0.
 *
 * @param features where it is not, ascending
 * @param values   what it is there, as many
 */
record SparseVector(int[] features, float[] values) {}
