package org.opensearch.ralm.lookalike;

/**
 * How alike a user and a candidate's seeds are, with the parts it is made of: score = α·global + β·local, equation (2).
 *
 * @param global cosine of the user and the global embedding, in [-1, 1]; 0 if either is a zero vector
 * @param local cosine of the user and the local embedding, in [-1, 1]; 0 if either is a zero vector
 * @param score the weighted sum
 * @param localWeights the local attention's weight of each cluster, which sum to 1
 */
public record Similarity(double global, double local, double score, double[] localWeights) {}
