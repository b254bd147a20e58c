package org.opensearch.ralm.trainer.training;

import java.util.Optional;

/** The mean of vectors of one width, but for those of zeros, which are published of nobody. Not safe for several threads. */
final class MeanVector {

    private final double[] sum;
    private long count;

    MeanVector(int width) {
        this.sum = new double[width];
    }

    void add(float[] vector) {
        boolean zero = true;
        for (int d = 0; d < sum.length; d++) {
            sum[d] += vector[d];
            zero &= vector[d] == 0;
        }
        count += zero ? 0 : 1;
    }

    /** Empty if there was no vector but zeros. */
    Optional<float[]> mean() {
        if (count == 0) {
            return Optional.empty();
        }
        float[] mean = new float[sum.length];
        for (int d = 0; d < mean.length; d++) {
            mean[d] = (float) (sum[d] / count);
        }
        return Optional.of(mean);
    }
}
