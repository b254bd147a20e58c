package org.opensearch.ralm.trainer.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.util.Map;
import org.opensearch.ralm.artifact.LookalikeForm;
import org.opensearch.ralm.artifact.Tensor;
import org.opensearch.ralm.cluster.Clusters;
import org.opensearch.ralm.trainer.network.LookalikeBatch;
import org.opensearch.ralm.trainer.network.LookalikeObjective;
import org.opensearch.ralm.trainer.network.LookalikeShape;

/**
 * The look-alike network of the default form written down plainly: each pair of a user and a candidate goes through both
 * attentions. All candidates have the same number of clusters.
 */
final class PlainLookalike implements AutoCloseable {

    private static final float SMALLEST = 1e-24f;

    private final LookalikeShape shape;
    private final LookalikeObjective objective;
    private final PlainAdam adam;

    /** Begins with given weights, those of the calibration and the temperature included. */
    PlainLookalike(LookalikeShape shape, LookalikeObjective objective, Map<String, Tensor> tensors, double rate) {
        this.shape = shape;
        this.objective = objective;
        this.adam = new PlainAdam(tensors, rate);
    }

    double step(LookalikeBatch batch) {
        return adam.step((manager, weights) -> loss(manager, weights, batch));
    }

    private NDArray loss(NDManager manager, Map<String, NDArray> weights, LookalikeBatch batch) {
        int users = batch.users().length / shape.universal();
        int choices = batch.choices().length / users;
        int clusters = batch.candidates().get(0).clusters().count();
        int h = shape.dimension();
        long pairs = (long) users * choices;
        NDArray user = transform(manager.create(batch.users(), new Shape(users, shape.universal())), weights);
        NDArray centroids = centroids(manager, batch, clusters);
        NDArray sizes = logSizes(manager, batch, clusters);
        NDArray closeness = centroids
                .reshape(users, (long) choices * clusters, h)
                .batchMatMul(user.matMul(weights.get("local.weight")).expandDims(2))
                .reshape(pairs, clusters);
        LookalikeForm form = shape.form();
        NDArray local = mix(
                closeness
                        .tanh()
                        .mul(manager.create((float) form.localTemperature()))
                        .add(sizes),
                centroids);
        NDArray global = mix(
                centroids
                        .reshape(pairs * clusters, h)
                        .matMul(weights.get("global.weight"))
                        .tanh()
                        .matMul(weights.get("global.vector").expandDims(1))
                        .reshape(pairs, clusters)
                        .add(sizes),
                centroids);
        NDArray each = user.expandDims(1).repeat(1, choices).reshape(pairs, h);
        NDArray scores = cosine(each, global)
                .mul(manager.create((float) shape.alpha()))
                .add(cosine(each, local).mul(manager.create((float) shape.beta())))
                .reshape(users, choices);
        return loss(manager, scores, weights.get("calibration"));
    }

    private NDArray loss(NDManager manager, NDArray scores, NDArray calibration) {
        NDArray logits = scores.mul(softplus(calibration.get("0"))).add(calibration.get("1"));
        NDArray crossEntropy = softplus(logits.get(":, 0").neg())
                .sum()
                .add(softplus(logits.get(":, 1:")).sum())
                .mul(manager.create(1f / scores.size()));
        NDArray softmax = logits.logSoftmax(1).get(":, 0").mean().neg();
        return crossEntropy
                .mul(manager.create((float) objective.crossEntropyWeight()))
                .add(softmax.mul(manager.create((float) objective.softmaxWeight())));
    }

    private static NDArray transform(NDArray universal, Map<String, NDArray> weights) {
        NDArray linear = universal.matMul(weights.get("transform.weight")).add(weights.get("transform.bias"));
        NDArray activated =
                Activation.relu(linear).sub(Activation.relu(linear.neg()).mul(weights.get("transform.slope")));
        return activated.div(norm(activated));
    }

    /** (Users · choices) × clusters × h. */
    private NDArray centroids(NDManager manager, LookalikeBatch batch, int clusters) {
        int width = clusters * shape.dimension();
        float[] values = new float[batch.choices().length * width];
        for (int pair = 0; pair < batch.choices().length; pair++) {
            Clusters candidate = batch.candidates().get(batch.choices()[pair]).clusters();
            System.arraycopy(candidate.centroids(), 0, values, pair * width, width);
        }
        return manager.create(values, new Shape(batch.choices().length, clusters, shape.dimension()));
    }

    private static NDArray logSizes(NDManager manager, LookalikeBatch batch, int clusters) {
        float[] values = new float[batch.choices().length * clusters];
        for (int i = 0; i < values.length; i++) {
            Clusters candidate =
                    batch.candidates().get(batch.choices()[i / clusters]).clusters();
            values[i] = (float) Math.log(candidate.sizes()[i % clusters]);
        }
        return manager.create(values, new Shape(batch.choices().length, clusters));
    }

    private static NDArray mix(NDArray logits, NDArray centroids) {
        return logits.softmax(1).expandDims(1).batchMatMul(centroids).squeeze(1);
    }

    private static NDArray cosine(NDArray a, NDArray b) {
        return a.mul(b).sum(new int[] {1}, true).div(norm(a).mul(norm(b)));
    }

    private static NDArray norm(NDArray rows) {
        return rows.square().sum(new int[] {1}, true).add(SMALLEST).sqrt();
    }

    private static NDArray softplus(NDArray x) {
        return Activation.relu(x).add(x.abs().neg().exp().add(1).log());
    }

    @Override
    public void close() {
        adam.close();
    }
}
