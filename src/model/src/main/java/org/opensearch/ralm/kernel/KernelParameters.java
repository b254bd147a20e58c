package org.opensearch.ralm.kernel;

/**
 * A user, and how candidates are scored for him. The arrays are not copied and must not be changed.
 *
 * @param fingerprint of the model; only blocks made under the same are scored
 * @param user e, the user's look-alike vector of h values
 * @param query q = e W_L, the local query of h values
 * @param temperature τ of the local attention
 * @param sizeWeight λ of the local attention
 * @param alpha weight of the global cosine
 * @param beta weight of the local cosine
 */
public record KernelParameters(
        long fingerprint,
        float[] user,
        float[] query,
        double temperature,
        double sizeWeight,
        double alpha,
        double beta) {

    /** The width h of the vectors. */
    int dimension() {
        return user.length;
    }
}
