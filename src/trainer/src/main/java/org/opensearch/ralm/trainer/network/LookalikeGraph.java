package org.opensearch.ralm.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import org.opensearch.ralm.artifact.LookalikeForm;

/**
 * The look-alike network's computation of one batch: shared transform, local and global attention, cosines, loss. What
 * {@code org.opensearch.ralm.lookalike.LookalikeModel} defines, on arrays of the engine.
 */
final class LookalikeGraph {

    /** The places of the parameters among the weights. */
    static final int TRANSFORM_WEIGHT = 0;

    static final int TRANSFORM_BIAS = 1;
    static final int TRANSFORM_SLOPE = 2;
    static final int LOCAL_WEIGHT = 3;
    static final int GLOBAL_WEIGHT = 4;
    static final int GLOBAL_VECTOR = 5;

    /** [log τ]. */
    static final int TEMPERATURE = 6;

    /** [ρ, b]: γ = softplus(ρ). */
    static final int CALIBRATION = 7;

    private static final float SMALLEST_NORM = 1e-12f;

    private final LookalikeShape shape;
    private final LookalikeObjective objective;
    private final NDList weights;
    private final LookalikeInputs inputs;
    private final long users;

    /** Cosines with the global embeddings, users × choices. */
    final NDArray global;

    /** Cosines with the local embeddings, users × choices. */
    final NDArray local;

    LookalikeGraph(LookalikeShape shape, LookalikeObjective objective, NDList weights, LookalikeInputs inputs) {
        this.shape = shape;
        this.objective = objective;
        this.weights = weights;
        this.inputs = inputs;
        this.users = inputs.users.getShape().get(0);
        NDArray user = transform(inputs.users);
        NDArray direction = unit(user, 1);
        NDArray centroids = inputs.frozen() ? inputs.centroids() : computedCentroids(inputs.members());
        this.global = globalCosines(direction, centroids);
        this.local = localCosines(user, direction, centroids);
    }

    /** The weighted sum of the losses; the first choice of each user is the clicked one. */
    NDArray loss() {
        NDArray calibration = weights.get(CALIBRATION);
        NDArray gamma = softplus(calibration.get("0"));
        NDArray scores = times(global, shape.alpha()).add(times(local, shape.beta()));
        NDArray logits = scores.mul(gamma).add(calibration.get("1"));
        NDArray positives = softplus(logits.get(":, 0").neg()).sum();
        NDArray negatives = softplus(logits.get(":, 1:")).sum();
        NDArray crossEntropy = times(positives.add(negatives), 1.0 / scores.size());
        NDArray softmax = logits.logSoftmax(1).get(":, 0").mean().neg();
        return times(crossEntropy, objective.crossEntropyWeight()).add(times(softmax, objective.softmaxWeight()));
    }

    /** φ: rows × N to rows × h. */
    private NDArray transform(NDArray universal) {
        NDArray linear = universal.matMul(weights.get(TRANSFORM_WEIGHT)).add(weights.get(TRANSFORM_BIAS));
        NDArray activated = shape.form().activation() == LookalikeForm.Activation.RELU
                ? Activation.relu(linear)
                : Activation.relu(linear).sub(Activation.relu(linear.neg()).mul(weights.get(TRANSFORM_SLOPE)));
        return shape.form().unitLength() ? unit(activated, 1) : activated;
    }

    /** Each centroid as the mean of its members under the transform of now: candidates × clusters × h. */
    private NDArray computedCentroids(LookalikeInputs.Members members) {
        long groups = members.shares.getShape().get(0);
        long most = members.shares.getShape().get(2);
        return members.shares
                .batchMatMul(transform(members.universal).reshape(groups, most, shape.dimension()))
                .reshape(groups / inputs.clusters, inputs.clusters, shape.dimension());
    }

    /** All cosines first, then those of the choices: the gradient of a choice of rows would be added up in any order. */
    private NDArray globalCosines(NDArray direction, NDArray centroids) {
        return direction
                .matMul(unit(globalEmbeddings(centroids), 1).transpose())
                .gather(inputs.choices.reshape(users, inputs.perUser), 1);
    }

    /** One global embedding a candidate: candidates × h. It does not depend on the user. */
    private NDArray globalEmbeddings(NDArray centroids) {
        long candidates = centroids.getShape().get(0);
        NDArray logits = centroids
                .reshape(candidates * inputs.clusters, shape.dimension())
                .matMul(weights.get(GLOBAL_WEIGHT))
                .tanh()
                .matMul(weights.get(GLOBAL_VECTOR).expandDims(1))
                .reshape(candidates, inputs.clusters);
        return logits.add(inputs.globalLogits)
                .softmax(1)
                .expandDims(1)
                .batchMatMul(centroids)
                .squeeze(1);
    }

    private NDArray localCosines(NDArray user, NDArray direction, NDArray centroids) {
        int h = shape.dimension();
        int clusters = inputs.clusters;
        NDArray chosen = chosen(centroids);
        NDArray closeness = chosen.reshape(users, (long) inputs.perUser * clusters, h)
                .batchMatMul(user.matMul(weights.get(LOCAL_WEIGHT)).expandDims(2))
                .reshape(users * inputs.perUser, clusters);
        NDArray attention = closeness
                .tanh()
                .mul(weights.get(TEMPERATURE).exp())
                .add(inputs.localLogits.get(inputs.choices))
                .softmax(1);
        NDArray embedding = attention.expandDims(1).batchMatMul(chosen).reshape(users, inputs.perUser, h);
        return unit(embedding, 2).mul(direction.expandDims(1)).sum(new int[] {2});
    }

    /** The centroids of each choice: (users · choices) × clusters × h. */
    private NDArray chosen(NDArray centroids) {
        if (inputs.frozen()) {
            return centroids.get(inputs.choices);
        }
        // Gathered by whole columns, whose gradients are added up in the order of the choices.
        long candidates = centroids.getShape().get(0);
        long width = (long) inputs.clusters * shape.dimension();
        NDArray index = inputs.choices.expandDims(1).broadcast(new Shape(inputs.choices.size(), width));
        return centroids
                .reshape(candidates, width)
                .gather(index, 0)
                .reshape(inputs.choices.size(), inputs.clusters, shape.dimension());
    }

    private static NDArray unit(NDArray vectors, int axis) {
        NDArray norms = vectors.square()
                .sum(new int[] {axis}, true)
                .add(SMALLEST_NORM * SMALLEST_NORM)
                .sqrt();
        return vectors.div(norms);
    }

    /**
     * A multiple. {@code array.mul(number)} must not be used in a graph: the engine closes the array it makes of the
     * number at once, and the gradient is then computed from memory that Java may have collected. This one lives as
     * long as the manager.
     */
    private static NDArray times(NDArray array, double factor) {
        return array.mul(array.getManager().create((float) factor));
    }

    /** log(1 + e^x) without overflow. */
    private static NDArray softplus(NDArray x) {
        return Activation.relu(x).add(x.abs().neg().exp().add(1).log());
    }
}
