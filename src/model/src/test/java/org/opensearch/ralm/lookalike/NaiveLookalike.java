package org.opensearch.ralm.lookalike;

import java.util.Map;
import org.opensearch.ralm.artifact.LookalikeForm;
import org.opensearch.ralm.artifact.LookalikeForm.Activation;
import org.opensearch.ralm.artifact.ModelManifest;
import org.opensearch.ralm.artifact.Tensor;
import org.opensearch.ralm.cluster.Clusters;

/**
 * The look-alike forward pass once more, sum by sum as the paper prints it, without matrices: transform, local attention
 * (9), global attention (10) as self-attention, score (2).
 */
final class NaiveLookalike {

    private final ModelManifest manifest;
    private final LookalikeForm form;
    private final Map<String, Tensor> tensors;

    NaiveLookalike(ModelManifest manifest, Map<String, Tensor> tensors) {
        this.manifest = manifest;
        this.form = manifest.form();
        this.tensors = tensors;
    }

    double[] transform(float[] universal) {
        double[] result = new double[manifest.dimension()];
        for (int o = 0; o < result.length; o++) {
            double x = value("transform.bias", o);
            for (int i = 0; i < universal.length; i++) {
                x += universal[i] * value("transform.weight", i * result.length + o);
            }
            double slope = form.activation() == Activation.PRELU ? value("transform.slope", 0) : 0;
            result[o] = Math.max(x, 0) + slope * Math.min(x, 0);
        }
        double norm = Math.sqrt(dot(result, result));
        for (int o = 0; form.unitLength() && norm > 0 && o < result.length; o++) {
            result[o] /= norm;
        }
        return result;
    }

    double[] localQuery(double[] user) {
        int h = manifest.dimension();
        double[] query = new double[h];
        for (int i = 0; i < h; i++) {
            for (int o = 0; o < h; o++) {
                query[o] += user[i] * value("local.weight", i * h + o);
            }
        }
        return query;
    }

    double[] localWeights(double[] user, Clusters clusters) {
        double[] query = localQuery(user);
        double[] logits = new double[clusters.count()];
        for (int j = 0; j < logits.length; j++) {
            logits[j] = form.localTemperature() * Math.tanh(dot(query, centroid(clusters, j)))
                    + form.localSizeWeight() * Math.log(clusters.sizes()[j]);
        }
        return softmax(logits);
    }

    double[] globalWeights(Clusters clusters) {
        int s = manifest.attentionDimension();
        double[] logits = new double[clusters.count()];
        for (int j = 0; j < logits.length; j++) {
            logits[j] = form.globalSizeWeight() * Math.log(clusters.sizes()[j]);
            for (int a = 0; a < s; a++) {
                double hidden = 0;
                for (int d = 0; d < clusters.dimension(); d++) {
                    hidden += centroid(clusters, j)[d] * value("global.weight", d * s + a);
                }
                logits[j] += Math.tanh(hidden) * value("global.vector", a);
            }
        }
        return softmax(logits);
    }

    double score(double[] user, Clusters clusters, double[] global) {
        double[] local = mix(localWeights(user, clusters), clusters);
        return manifest.alpha() * cosine(user, global) + manifest.beta() * cosine(user, local);
    }

    static double[] mix(double[] weights, Clusters clusters) {
        double[] mixed = new double[clusters.dimension()];
        for (int j = 0; j < weights.length; j++) {
            for (int d = 0; d < mixed.length; d++) {
                mixed[d] += weights[j] * centroid(clusters, j)[d];
            }
        }
        return mixed;
    }

    static double cosine(double[] a, double[] b) {
        double norms = Math.sqrt(dot(a, a) * dot(b, b));
        return norms == 0 ? 0 : dot(a, b) / norms;
    }

    static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }

    private static double[] softmax(double[] logits) {
        double sum = 0;
        for (double logit : logits) {
            sum += Math.exp(logit);
        }
        double[] weights = new double[logits.length];
        for (int j = 0; j < logits.length; j++) {
            weights[j] = Math.exp(logits[j]) / sum;
        }
        return weights;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int d = 0; d < a.length; d++) {
            sum += a[d] * b[d];
        }
        return sum;
    }

    private static double[] centroid(Clusters clusters, int cluster) {
        return doubles(clusters.centroid(cluster));
    }

    private double value(String tensor, int index) {
        return tensors.get(tensor).values()[index];
    }
}
