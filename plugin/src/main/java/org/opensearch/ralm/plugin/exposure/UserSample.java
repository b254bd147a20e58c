package org.opensearch.ralm.plugin.exposure;

import java.util.ArrayList;
import java.util.List;
import org.opensearch.ralm.artifact.LookalikeForm;
import org.opensearch.ralm.artifact.ModelManifest;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.kernel.KernelParameters;
import org.opensearch.ralm.kernel.SeedBlockKernel;
import org.opensearch.ralm.lookalike.LookalikeModel;

/** Users by whom candidates' thresholds are made. Used by one thread at a time. */
public final class UserSample {

    /** What a kernel needs for each cluster there may be. */
    private static final int BYTES_A_CLUSTER = 20;

    private static final int VECTORS_A_USER = 3;

    private final long scoring;
    private final List<SeedBlockKernel> kernels = new ArrayList<>();

    /**
     * @param model what scores are given by
     * @param users the users' look-alike vectors under the model, at least one
     */
    public UserSample(LookalikeModel model, List<float[]> users) {
        this.scoring = ScoringFingerprint.of(model);
        ModelManifest manifest = model.manifest();
        LookalikeForm form = manifest.form();
        for (float[] user : users) {
            kernels.add(new SeedBlockKernel(new KernelParameters(
                    model.fingerprint(),
                    user,
                    model.localQuery(user),
                    form.localTemperature(),
                    form.localSizeWeight(),
                    manifest.alpha(),
                    manifest.beta())));
        }
    }

    /** About what a sample takes of the memory. */
    public static long bytes(int users, int dimension) {
        return users
                * ((long) VECTORS_A_USER * Float.BYTES * dimension + (long) BYTES_A_CLUSTER * SeedBlock.MAX_CLUSTERS);
    }

    /** How many users there are. */
    public int size() {
        return kernels.size();
    }

    /** Whether an encoded seed block was made under the model. */
    public boolean accepts(byte[] block) {
        return kernels.get(0).accepts(block, 0, block.length);
    }

    /**
     * The thresholds of a candidate.
     *
     * @param block its encoded seed block, one that is accepted
     */
    public ExposureThresholds thresholds(byte[] block) {
        double[] scores = new double[kernels.size()];
        for (int u = 0; u < scores.length; u++) {
            scores[u] = kernels.get(u).score(block, 0, block.length);
        }
        return ExposureThresholds.of(scoring, scores);
    }
}
