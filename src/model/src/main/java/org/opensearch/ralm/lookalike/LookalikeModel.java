package org.opensearch.ralm.lookalike;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.opensearch.ralm.artifact.LookalikeForm;
import org.opensearch.ralm.artifact.ModelArtifact;
import org.opensearch.ralm.artifact.ModelManifest;
import org.opensearch.ralm.artifact.Tensor;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.cluster.Clusters;
import org.opensearch.ralm.content.ContentModel;

/**
 * The forward pass of a look-alike model. Vectors are rows; N is the width of universal user embeddings, h that of
 * look-alike vectors.
 *
 * <p>Immutable, safe for use by several threads. The reference for every faster form of the same computation: all sums
 * are in double precision, only stored vectors are float32.
 */
public final class LookalikeModel {

    private final ModelManifest manifest;
    private final long fingerprint;
    private final Transform transform;
    private final DMatrixRMaj localWeight;
    private final GlobalAttention globalAttention;
    private final Optional<ContentModel> content;
    private final Optional<float[]> meanUser;

    /** Takes the weights of a checked artifact. */
    public LookalikeModel(ModelArtifact artifact) {
        this.manifest = artifact.manifest();
        this.fingerprint = manifest.fingerprint();
        this.transform = Transform.of(
                manifest.form(),
                matrix(artifact.tensor("transform.weight")),
                Matrices.doubles(artifact.tensor("transform.bias").values()),
                artifact.tensor("transform.slope").values()[0]);
        this.localWeight = matrix(artifact.tensor("local.weight"));
        Tensor vector = artifact.tensor("global.vector");
        this.globalAttention = new GlobalAttention(
                matrix(artifact.tensor("global.weight")),
                Matrices.matrix(vector.shape()[0], 1, vector.values()),
                manifest.form().globalSizeWeight());
        this.content = ContentModel.of(artifact);
        this.meanUser =
                Optional.ofNullable(artifact.tensor(ModelArtifact.MEAN_USER)).map(Tensor::values);
    }

    /** What the artifact says of itself. */
    public ModelManifest manifest() {
        return manifest;
    }

    /** The manifest's content fingerprint. */
    public long fingerprint() {
        return fingerprint;
    }

    /** The width h of look-alike vectors. */
    public int dimension() {
        return manifest.dimension();
    }

    /** The bytes its weights take in memory. */
    public long memoryBytes() {
        long values = transform.weight().getNumElements()
                + transform.bias().length
                + localWeight.getNumElements()
                + globalAttention.weight().getNumElements()
                + globalAttention.vector().getNumElements();
        return values * Double.BYTES
                + content.map(ContentModel::memoryBytes).orElse(0L)
                + meanUser.map(mean -> (long) Float.BYTES * mean.length).orElse(0L);
    }

    /** The content model, if the artifact has one. */
    public Optional<ContentModel> content() {
        return content;
    }

    /**
     * The mean look-alike vector of the training's users, by which users of whom nothing is known can be scored; empty if
     * the artifact has none. Not to be changed.
     */
    public Optional<float[]> meanUser() {
        return meanUser;
    }

    /**
     * φ: from universal embeddings to look-alike vectors.
     *
     * @param universal rows × N
     * @return rows × h
     */
    public DMatrixRMaj transform(DMatrixRMaj universal) {
        requireColumns("universal embeddings", universal, manifest.universalDimension());
        return transform.apply(universal);
    }

    /** φ of one universal embedding of N values. */
    public float[] transform(float[] universal) {
        return Matrices.floats(transform(Matrices.matrix(1, universal.length, universal)).data, dimension());
    }

    /**
     * q = e W_L: what the local attention compares with the centroids; depends on the user only.
     *
     * @param users look-alike vectors, rows × h
     * @return rows × h
     */
    public DMatrixRMaj localQueries(DMatrixRMaj users) {
        requireColumns("look-alike vectors", users, dimension());
        DMatrixRMaj queries = new DMatrixRMaj(users.numRows, dimension());
        CommonOps_DDRM.mult(users, localWeight, queries);
        return queries;
    }

    /** q of one look-alike vector of h values. */
    public float[] localQuery(float[] user) {
        return Matrices.floats(localQueries(Matrices.matrix(1, user.length, user)).data, dimension());
    }

    /**
     * W_L c_j of each centroid: what a user's look-alike vector is multiplied with where many users are scored for one
     * candidate, as (e W_L) · c_j = e · (W_L c_j).
     *
     * @return K × h values, row after row
     */
    public float[] localKeys(Clusters clusters) {
        DMatrixRMaj centroids = Matrices.matrix(clusters.count(), clusters.dimension(), clusters.centroids());
        requireColumns("centroids", centroids, dimension());
        DMatrixRMaj keys = new DMatrixRMaj(clusters.count(), dimension());
        CommonOps_DDRM.multTransB(centroids, localWeight, keys);
        return Matrices.floats(keys.data, keys.data.length);
    }

    /** The global attention's weights of the clusters, which sum to 1. */
    public double[] globalWeights(Clusters clusters) {
        if (clusters.dimension() != dimension()) {
            throw new IllegalArgumentException("clusters of dimension " + clusters.dimension() + " do not fit model ["
                    + manifest.id() + "] of dimension " + dimension());
        }
        return globalAttention.weights(clusters);
    }

    /** The seed block of clusters: with their global embedding, equation (10), under this model. */
    public SeedBlock seedBlock(Clusters clusters) {
        double[] weights = globalWeights(clusters);
        double[] global = new double[dimension()];
        for (int j = 0; j < weights.length; j++) {
            for (int d = 0; d < global.length; d++) {
                global[d] += weights[j] * clusters.centroids()[j * global.length + d];
            }
        }
        return new SeedBlock(fingerprint, clusters, Matrices.floats(global, global.length));
    }

    /**
     * The block of a candidate that has no seeds yet: one cluster of one member, its pseudo-seed. It is scored like any
     * other block.
     *
     * @param values the candidate's content by the names of the content model's fields
     * @return empty if there is no content model or it can say nothing of the candidate
     */
    public Optional<SeedBlock> pseudoSeedBlock(Map<String, ? extends Collection<String>> values) {
        return content.flatMap(known -> known.pseudoSeed(values))
                .map(seed -> seedBlock(new Clusters(dimension(), seed, new int[] {1})));
    }

    /**
     * A scorer of one candidate with the manifest's α and β.
     *
     * @throws IllegalArgumentException if the block was made under another model
     */
    public SeedScorer scorer(SeedBlock block) {
        return scorer(block, manifest.alpha(), manifest.beta());
    }

    /** A scorer of one candidate with α and β of the caller's choice. */
    public SeedScorer scorer(SeedBlock block, double alpha, double beta) {
        if (block.fingerprint() != fingerprint) {
            throw new IllegalArgumentException("a seed block of another model cannot be scored by [" + manifest.id()
                    + "]: its fingerprint is " + Long.toHexString(block.fingerprint()) + ", expected "
                    + Long.toHexString(fingerprint));
        }
        LookalikeForm form = manifest.form();
        return new SeedScorer(block, form.localTemperature(), form.localSizeWeight(), alpha, beta);
    }

    /** Scores one user, a look-alike vector of h values, against one candidate. */
    public Similarity score(float[] user, SeedBlock block) {
        DMatrixRMaj row = Matrices.matrix(1, user.length, user);
        return scorer(block).score(row, localQueries(row), 0);
    }

    private static DMatrixRMaj matrix(Tensor tensor) {
        return Matrices.matrix(tensor.shape()[0], tensor.shape()[1], tensor.values());
    }

    private static void requireColumns(String what, DMatrixRMaj matrix, int columns) {
        if (matrix.numCols != columns) {
            throw new IllegalArgumentException(
                    what + " must have dimension " + columns + ", but have " + matrix.numCols);
        }
    }
}
