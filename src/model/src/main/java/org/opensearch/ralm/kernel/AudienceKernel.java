package org.opensearch.ralm.kernel;

/**
 * Scores users for one candidate: the same number as {@link SeedBlockKernel} gives for the same pair, but for roundings,
 * with what depends on the candidate only computed once.
 *
 * <p>All scratch space belongs to the instance: no memory is taken for a user. Not safe for use by several threads.
 */
public final class AudienceKernel {

    private final Audience audience;
    private final Arithmetic arithmetic;
    private final LocalAttention attention;
    private double global;
    private double local;

    /** A kernel with the fastest arithmetic there is. */
    public AudienceKernel(Audience audience) {
        this(audience, Arithmetic.fastest());
    }

    AudienceKernel(Audience audience, Arithmetic arithmetic) {
        this.audience = audience;
        this.arithmetic = arithmetic;
        AudienceParameters parameters = audience.parameters();
        this.attention = new LocalAttention(
                arithmetic, parameters.block().dimension(), parameters.temperature(), parameters.sizeWeight());
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
        Rows floats = arithmetic.floats();
        attention.attend(user, floats, audience.rows(), 0, 0, audience.sizes(), clusters);
        local = attention.cosine(user, userNorm, floats, audience.rows(), audience.centroidsOffset(), 0);
        global = Cosine.of(arithmetic.product(user, audience.global()), userNorm, audience.globalNorm());
        return parameters.alpha() * global + parameters.beta() * local;
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
        return attention.weight(cluster);
    }
}
