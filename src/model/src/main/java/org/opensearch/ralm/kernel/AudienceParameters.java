package org.opensearch.ralm.kernel;

import org.opensearch.ralm.block.SeedBlock;

/**
 * A candidate, and how users are scored for it. The arrays are not copied and must not be changed.
 *
 * @param block the candidate's seed block
 * @param keys W_L c_j for each centroid, row after row: its product with a user is that of the user's local query and
 *     the centroid, (e W_L) · c_j = e · (W_L c_j)
 * @param temperature τ of the local attention
 * @param sizeWeight λ of the local attention
 * @param alpha weight of the global cosine
 * @param beta weight of the local cosine
 */
public record AudienceParameters(
        SeedBlock block, float[] keys, double temperature, double sizeWeight, double alpha, double beta) {}
