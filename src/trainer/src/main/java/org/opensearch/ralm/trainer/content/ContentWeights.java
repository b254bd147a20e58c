package org.opensearch.ralm.trainer.content;

import java.util.stream.IntStream;
import org.opensearch.ralm.artifact.ContentForm;
import org.opensearch.ralm.artifact.Tensor;
import org.opensearch.ralm.content.ContentFeatures;
import org.opensearch.ralm.content.ContentModel;

/**
 * The weights of a content model.
 *
 * @param form how content becomes features
 * @param weight B × h values, row after row
 * @param bias h values
 */
record ContentWeights(ContentForm form, float[] weight, float[] bias) {

    /**
     * Fits weights by ridge regression, each dimension for itself.
     *
     * @param features of each item
     * @param targets the vector each item should have
     * @param l2 the penalty
     */
    static ContentWeights fit(ContentForm form, ContentFeatures[] features, float[][] targets, double l2) {
        int width = targets[0].length;
        RidgeRegression regression = new RidgeRegression(features, form.buckets(), l2);
        float[] weight = new float[form.buckets() * width];
        float[] bias = new float[width];
        IntStream.range(0, width).parallel().forEach(d -> {
            double[] column = new double[targets.length];
            for (int i = 0; i < column.length; i++) {
                column[i] = targets[i][d];
            }
            RidgeRegression.Solution solution = regression.fit(column);
            for (int bucket = 0; bucket < form.buckets(); bucket++) {
                weight[bucket * width + d] = (float) solution.weights()[bucket];
            }
            bias[d] = (float) solution.bias();
        });
        return new ContentWeights(form, weight, bias);
    }

    ContentModel model() {
        return new ContentModel(form, weight, bias);
    }

    Tensor weightTensor() {
        return Tensor.matrix(form.buckets(), bias.length, weight);
    }

    Tensor biasTensor() {
        return Tensor.vector(bias);
    }
}
