package org.opensearch.ralm.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import org.opensearch.ralm.artifact.LookalikeForm;
import org.opensearch.ralm.cluster.Clusters;
import org.opensearch.ralm.trainer.network.LookalikeBatch.Candidate;

/** The constant arrays of a batch; clusters that a candidate lacks are zero rows with a masked logit. */
final class LookalikeInputs {

    /** Added to the logit of a cluster that is not there: exp of it is 0 in float32. */
    private static final float MASKED = -1e9f;

    private final NDManager manager;
    private final LookalikeShape shape;
    private final List<Candidate> candidates;
    private final Dropout dropout;

    /** The most clusters a candidate has. */
    final int clusters;

    /** How many candidates a user has to choose from. */
    final int perUser;

    /** Users × N. */
    final NDArray users;

    /** Users × choices, flat: places of candidates. */
    final NDArray choices;

    /** Candidates × clusters: λ·log n of the local attention. */
    final NDArray localLogits;

    /** Candidates × clusters: λ·log n of the global attention. */
    final NDArray globalLogits;

    LookalikeInputs(NDManager manager, LookalikeShape shape, LookalikeBatch batch, Dropout dropout) {
        this.manager = manager;
        this.shape = shape;
        this.candidates = batch.candidates();
        this.dropout = dropout;
        int count = batch.users().length / shape.universal();
        this.clusters = candidates.stream()
                .mapToInt(candidate -> candidate.clusters().count())
                .max()
                .orElse(1);
        this.perUser = batch.choices().length / count;
        this.users = manager.create(dropout.of(batch.users()), new Shape(count, shape.universal()));
        this.choices =
                manager.create(Arrays.stream(batch.choices()).asLongStream().toArray());
        LookalikeForm form = shape.form();
        this.localLogits = logits(form.localSizeWeight());
        this.globalLogits = logits(form.globalSizeWeight());
    }

    /** Whether centroids are constants. */
    boolean frozen() {
        return candidates.stream().allMatch(candidate -> candidate.members() == null);
    }

    /** The frozen centroids: candidates × clusters × h. */
    NDArray centroids() {
        int h = shape.dimension();
        float[] values = new float[candidates.size() * clusters * h];
        for (int i = 0; i < candidates.size(); i++) {
            float[] centroids = candidates.get(i).clusters().centroids();
            System.arraycopy(centroids, 0, values, i * clusters * h, centroids.length);
        }
        return manager.create(values, new Shape(candidates.size(), clusters, h));
    }

    /** The members that centroids are computed from, the same number a cluster, zero rows where there are fewer. */
    Members members() {
        int most = 1;
        for (Candidate candidate : candidates) {
            for (float[] members : candidate.members()) {
                most = Math.max(most, members.length / shape.universal());
            }
        }
        return new Members(most);
    }

    private NDArray logits(double sizeWeight) {
        float[] values = new float[candidates.size() * clusters];
        Arrays.fill(values, MASKED);
        for (int i = 0; i < candidates.size(); i++) {
            Clusters candidate = candidates.get(i).clusters();
            for (int j = 0; j < candidate.count(); j++) {
                values[i * clusters + j] =
                        (float) (sizeWeight * Math.log(candidate.sizes()[j]));
            }
        }
        return manager.create(values, new Shape(candidates.size(), clusters));
    }

    /** Members of all clusters of all candidates. */
    final class Members {

        /** (Candidates · clusters · most) × N. */
        final NDArray universal;

        /** (Candidates · clusters) × 1 × most: one divided by the number of members, 0 where there is none. */
        final NDArray shares;

        private Members(int most) {
            int width = shape.universal();
            int groups = candidates.size() * clusters;
            float[] vectors = new float[groups * most * width];
            float[] weights = new float[groups * most];
            for (int i = 0; i < candidates.size(); i++) {
                float[][] members = candidates.get(i).members();
                for (int j = 0; j < members.length; j++) {
                    int first = (i * clusters + j) * most;
                    int count = members[j].length / width;
                    System.arraycopy(members[j], 0, vectors, first * width, members[j].length);
                    Arrays.fill(weights, first, first + count, 1f / count);
                }
            }
            universal = manager.create(dropout.of(vectors), new Shape((long) groups * most, width));
            shares = manager.create(weights, new Shape(groups, 1, most));
        }
    }
}
