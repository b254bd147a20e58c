package org.opensearch.ralm.trainer.network;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.opensearch.ralm.artifact.LookalikeForm;
import org.opensearch.ralm.cluster.Clusters;
import org.opensearch.ralm.trainer.network.LookalikeBatch.Candidate;

/** The loss of a look-alike batch in double precision, written down once more without any library. */
final class ReferenceLoss {

    private final LookalikeShape shape;
    private final LookalikeObjective objective;
    private final LookalikeBatch batch;
    private final Map<String, double[]> weights = new LinkedHashMap<>();

    ReferenceLoss(LookalikeNetwork network, LookalikeObjective objective, LookalikeBatch batch) {
        this.shape = network.shape();
        this.objective = objective;
        this.batch = batch;
        for (Parameter parameter : network.dense().parameters()) {
            double[] values = new double[parameter.values().length];
            Arrays.setAll(values, i -> parameter.values()[i]);
            weights.put(parameter.name(), values);
        }
    }

    /** The values of a parameter themselves, to be moved about. */
    double[] weights(String name) {
        return weights.get(name);
    }

    double loss() {
        int users = batch.users().length / shape.universal();
        int choices = batch.choices().length / users;
        double gamma = Math.log1p(Math.exp(weights.get("calibration")[0]));
        double crossEntropy = 0;
        double softmax = 0;
        for (int user = 0; user < users; user++) {
            double[] logits = new double[choices];
            for (int choice = 0; choice < choices; choice++) {
                Candidate candidate = batch.candidates().get(batch.choices()[user * choices + choice]);
                logits[choice] =
                        gamma * score(transform(batch.users(), user), candidate) + weights.get("calibration")[1];
                double margin = choice == 0 ? -logits[choice] : logits[choice];
                crossEntropy += Math.log1p(Math.exp(margin)) / (users * choices);
            }
            double sum = Arrays.stream(logits).map(Math::exp).sum();
            softmax += (Math.log(sum) - logits[0]) / users;
        }
        return objective.crossEntropyWeight() * crossEntropy + objective.softmaxWeight() * softmax;
    }

    private double score(double[] user, Candidate candidate) {
        LookalikeForm form = shape.form();
        double[][] centroids = centroids(candidate);
        int[] sizes = candidate.clusters().sizes();
        double[] query = times(user, weights.get("local.weight"), shape.dimension());
        double temperature = Math.exp(weights.get("temperature")[0]);
        double[] local = new double[centroids.length];
        double[] global = new double[centroids.length];
        for (int j = 0; j < centroids.length; j++) {
            local[j] = temperature * Math.tanh(dot(query, centroids[j])) + form.localSizeWeight() * Math.log(sizes[j]);
            double[] hidden = times(centroids[j], weights.get("global.weight"), shape.attention());
            Arrays.setAll(hidden, i -> Math.tanh(hidden[i]));
            global[j] = dot(hidden, weights.get("global.vector")) + form.globalSizeWeight() * Math.log(sizes[j]);
        }
        return shape.alpha() * cosine(user, mix(global, centroids))
                + shape.beta() * cosine(user, mix(local, centroids));
    }

    private double[][] centroids(Candidate candidate) {
        Clusters clusters = candidate.clusters();
        double[][] centroids = new double[clusters.count()][shape.dimension()];
        for (int j = 0; j < centroids.length; j++) {
            if (candidate.members() == null) {
                int first = j * shape.dimension();
                Arrays.setAll(centroids[j], d -> clusters.centroids()[first + d]);
            } else {
                int count = candidate.members()[j].length / shape.universal();
                for (int member = 0; member < count; member++) {
                    add(centroids[j], transform(candidate.members()[j], member), 1.0 / count);
                }
            }
        }
        return centroids;
    }

    private double[] transform(float[] rows, int row) {
        double[] universal = new double[shape.universal()];
        Arrays.setAll(universal, d -> rows[row * shape.universal() + d]);
        double[] result = times(universal, weights.get("transform.weight"), shape.dimension());
        double slope =
                shape.form().activation() == LookalikeForm.Activation.PRELU ? weights.get("transform.slope")[0] : 0;
        for (int d = 0; d < result.length; d++) {
            double value = result[d] + weights.get("transform.bias")[d];
            result[d] = value > 0 ? value : slope * value;
        }
        if (shape.form().unitLength()) {
            double norm = Math.sqrt(dot(result, result));
            Arrays.setAll(result, d -> norm == 0 ? 0 : result[d] / norm);
        }
        return result;
    }

    private static double[] mix(double[] logits, double[][] rows) {
        double sum = Arrays.stream(logits).map(Math::exp).sum();
        double[] mixed = new double[rows[0].length];
        for (int j = 0; j < rows.length; j++) {
            add(mixed, rows[j], Math.exp(logits[j]) / sum);
        }
        return mixed;
    }

    private static double[] times(double[] row, double[] matrix, int columns) {
        double[] product = new double[columns];
        for (int i = 0; i < row.length; i++) {
            for (int j = 0; j < columns; j++) {
                product[j] += row[i] * matrix[i * columns + j];
            }
        }
        return product;
    }

    private static void add(double[] sum, double[] row, double weight) {
        for (int d = 0; d < sum.length; d++) {
            sum[d] += weight * row[d];
        }
    }

    /** 0 where ReLU has left nothing of a vector. */
    private static double cosine(double[] a, double[] b) {
        double norms = Math.sqrt(dot(a, a) * dot(b, b));
        return norms == 0 ? 0 : dot(a, b) / norms;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int d = 0; d < a.length; d++) {
            sum += a[d] * b[d];
        }
        return sum;
    }
}
