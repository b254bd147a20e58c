package org.opensearch.ralm.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.opensearch.ralm.block.Encoding;
import org.opensearch.ralm.block.InvalidBlockException;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.block.SeedBlockLayout;

/**
 * Scores one user against encoded seed blocks, straight from their bytes: local attention, equation (9), and the
 * weighted cosines, equation (2).
 *
 * <p>a = softmax(τ·tanh(q·c_j) + λ·log n_j), L = Σ a_j c_j, score = α·cos(e, G) + β·cos(e, L). Vectors are float32, as
 * they are stored; what depends on a single number is double. Blocks have been checked when they were indexed. All
 * scratch space belongs to the instance: no memory is taken for a document. Not safe
 * for use by several threads.
 */
public final class SeedBlockKernel {

    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle FLOAT = MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int DIMENSION_OFFSET = 4;
    private static final int FINGERPRINT_OFFSET = 8;

    private final KernelParameters parameters;
    private final Arithmetic arithmetic;
    private final double userNorm;
    private final LocalAttention attention;
    private final float[] product = new float[1];
    private final int[] sizes = new int[SeedBlock.MAX_CLUSTERS];
    private SeedBlockLayout layout;
    private long header;
    private double global;
    private double local;

    /** A kernel with the fastest arithmetic there is. */
    public SeedBlockKernel(KernelParameters parameters) {
        this(parameters, Arithmetic.fastest());
    }

    SeedBlockKernel(KernelParameters parameters, Arithmetic arithmetic) {
        this.parameters = parameters;
        this.arithmetic = arithmetic;
        this.attention = new LocalAttention(
                arithmetic, parameters.dimension(), parameters.temperature(), parameters.sizeWeight());
        this.userNorm = Math.sqrt(arithmetic.product(parameters.user(), parameters.user()));
    }

    /** What kernels of this process compute with, for a log. */
    public static String arithmetic() {
        return Arithmetic.fastest().toString();
    }

    /**
     * Whether bytes are a block that was made under the model, so that it can be scored.
     *
     * @param bytes an array that holds them
     * @param offset where they begin in it
     * @param length how many they are
     */
    public boolean accepts(byte[] bytes, int offset, int length) {
        return length >= SeedBlockLayout.SIZES_OFFSET
                && fingerprint(bytes, offset) == parameters.fingerprint()
                && (short) SHORT.get(bytes, offset + DIMENSION_OFFSET) == parameters.dimension()
                && isWhole(bytes, offset, length);
    }

    private boolean isWhole(byte[] bytes, int offset, int length) {
        try {
            readLayout(bytes, offset, length);
            return true;
        } catch (InvalidBlockException e) {
            return false;
        }
    }

    /** The fingerprint of the model a block was made under. */
    public static long fingerprint(byte[] bytes, int offset) {
        return (long) LONG.get(bytes, offset + FINGERPRINT_OFFSET);
    }

    /**
     * The raw score of a block that this kernel accepts: α·global + β·local.
     *
     * @param bytes an array that holds the block
     * @param offset where the block begins in it
     * @param length how long the block is
     */
    public double score(byte[] bytes, int offset, int length) {
        readLayout(bytes, offset, length);
        global = globalCosine(bytes, offset);
        local = localCosine(bytes, offset);
        return parameters.alpha() * global + parameters.beta() * local;
    }

    /** The cosine of the user and the global embedding of the block scored last. */
    public double global() {
        return global;
    }

    /** The cosine of the user and the local embedding of the block scored last. */
    public double local() {
        return local;
    }

    /** The number of clusters of the block scored last. */
    public int clusters() {
        return layout.clusters();
    }

    /** The local attention's weight of a cluster of the block scored last. */
    public double weight(int cluster) {
        return attention.weight(cluster);
    }

    /** The number of seeds in a cluster of the block scored last. */
    public int size(int cluster) {
        return sizes[cluster];
    }

    /** The number of seeds of the block scored last. */
    public long seeds() {
        long seeds = 0;
        for (int j = 0; j < layout.clusters(); j++) {
            seeds += sizes[j];
        }
        return seeds;
    }

    /** Blocks of a field mostly look alike, so the last layout mostly fits: all that is before the fingerprint is of it. */
    private void readLayout(byte[] bytes, int offset, int length) {
        long read = (long) LONG.get(bytes, offset);
        if (layout == null || header != read || layout.length() != length) {
            layout = SeedBlockLayout.read(bytes, offset, length);
            header = read;
        }
    }

    private double globalCosine(byte[] bytes, int offset) {
        arithmetic.floats().products(parameters.user(), bytes, offset + layout.globalOffset(), 0, 1, product);
        return Cosine.of(product[0], (float) FLOAT.get(bytes, offset + layout.globalNormOffset()), userNorm);
    }

    private double localCosine(byte[] bytes, int offset) {
        Rows rows = layout.encoding() == Encoding.FLOAT32 ? arithmetic.floats() : arithmetic.bytes();
        int centroids = offset + layout.centroidsOffset();
        int scales = offset + layout.scalesOffset();
        readSizes(bytes, offset);
        attention.attend(parameters.query(), rows, bytes, centroids, scales, sizes, layout.clusters());
        return attention.cosine(parameters.user(), userNorm, rows, bytes, centroids, scales);
    }

    private void readSizes(byte[] bytes, int offset) {
        for (int j = 0; j < layout.clusters(); j++) {
            // None is below 1 but in damaged bytes, which must not fail a search.
            sizes[j] = Math.max(1, (int) INT.get(bytes, offset + SeedBlockLayout.SIZES_OFFSET + j * Integer.BYTES));
        }
    }
}
