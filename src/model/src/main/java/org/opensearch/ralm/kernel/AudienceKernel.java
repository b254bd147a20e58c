package org.opensearch.ralm.kernel;

import org.opensearch.ralm.block.SeedBlock;

/**
 * Scores users for one candidate: the same number as {@link SeedBlockKernel} gives for the same pair, but for roundings,
 * with what depends on the candidate only computed once.
 *
 * <p>All scratch space belongs to the instance: no memory is taken for a user. Not safe for use by several threads.
 */
public final class AudienceKernel {

    private final Audience audience;
    private final Arithmetic arithmetic;
    private final float[] keyProducts = new float[SeedBlock.MAX_CLUSTERS];
    private final double[] scratch = new double[SeedBlock.MAX_CLUSTERS];
    private final float[] weights = new float[SeedBlock.MAX_CLUSTERS];
    private final float[] mixed = new float[2];
    private double global;
    private double local;

    /** A kernel with the fastest arithmetic there is. */
    public AudienceKernel(Audience audience) {
        this(audience, Arithmetic.fastest());
    }

    AudienceKernel(Audience audience, Arithmetic arithmetic) {
        this.audience = audience;
        this.arithmetic = arithmetic;
    }

    /**
     * The raw score of a user, α·global + β·local.
     *
     * @param user the look-alike vector, of the block's dimension
     */
    public double score(float[] user) {
        AudienceParameters parameters = audience.parameters();
        int clusters = audience.clusters();
        double userNorm = Math.sqrt(arithmetic.product(user, user));
        arithmetic.floats().products(user, audience.rows(), 0, 0, clusters, keyProducts);
        arithmetic.attend(
                keyProducts,
                audience.sizeLogits(),
                audience.largestSizeLogit(),
                parameters.temperature(),
                clusters,
                scratch,
                weights);
        Rows floats = arithmetic.floats();
        floats.mix(weights, audience.rows(), audience.centroidsOffset(), 0, clusters, user, mixed);
        local = cosine(mixed[0], userNorm, Math.sqrt(mixed[1]));
        global = cosine(arithmetic.product(user, audience.global()), userNorm, audience.globalNorm());
        return parameters.alpha() * global + parameters.beta() * local;
    }

    private static double cosine(double product, double norm, double otherNorm) {
        return norm == 0 || otherNorm == 0 ? 0 : Math.clamp(product / (norm * otherNorm), -1, 1);
    }

    /** The cosine of the global embedding and the user scored last. */
    public double global() {
        return global;
    }

    /** The cosine of the local embedding and the user scored last. */
    public double local() {
        return local;
    }

    /** The number of clusters. */
    public int clusters() {
        return audience.clusters();
    }

    /** The local attention's weight of a cluster for the user scored last. */
    public double weight(int cluster) {
        return weights[cluster];
    }
}
