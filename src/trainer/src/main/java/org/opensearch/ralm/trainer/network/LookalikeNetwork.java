package org.opensearch.ralm.trainer.network;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.opensearch.ralm.artifact.Calibration;
import org.opensearch.ralm.artifact.LookalikeForm;
import org.opensearch.ralm.artifact.Tensor;
import org.opensearch.ralm.cluster.Clusters;

/**
 * The look-alike network in training: shared transform, local and global attention, weighted cosines, calibrated loss.
 *
 * <p>The graph computes what {@code org.opensearch.ralm.lookalike.LookalikeModel} defines. Not safe for use by several
 * threads.
 */
public final class LookalikeNetwork {

    /** Added to the logit of a cluster that is not there: exp of it is 0 in float32. */
    private static final float MASKED = -1e9f;

    /** The places of the parameters among the layers, in the order in which the constructor adds them. */
    private static final int TRANSFORM_WEIGHT = 0;

    private static final int TRANSFORM_BIAS = 1;
    private static final int TRANSFORM_SLOPE = 2;
    private static final int LOCAL_WEIGHT = 3;
    private static final int GLOBAL_WEIGHT = 4;
    private static final int GLOBAL_VECTOR = 5;
    private static final int CALIBRATION = 6;

    private static final float SMALLEST_NORM = 1e-12f;
    private static final double FIRST_GAMMA = 10;

    private final LookalikeShape shape;
    private final LookalikeObjective objective;
    private final DenseLayers dense = new DenseLayers();
    private final Adam adam = new Adam();
    private final long seed;

    /** A fresh network; equal seeds give equal networks. */
    public LookalikeNetwork(LookalikeShape shape, LookalikeObjective objective, long seed) {
        this.shape = shape;
        this.objective = objective;
        this.seed = seed;
        Random random = new Random(seed);
        int h = shape.dimension();
        dense.add(
                shape.universal() == h
                        ? Parameter.nearIdentity("transform.weight", random, 1, 0.02, h)
                        : Parameter.normal(
                                "transform.weight", random, Math.sqrt(1.0 / shape.universal()), shape.universal(), h));
        dense.add(Parameter.constant("transform.bias", 0, h));
        dense.add(Parameter.constant("transform.slope", 0.25f, 1));
        dense.add(Parameter.nearIdentity("local.weight", random, 1, 0.02, h));
        dense.add(Parameter.normal("global.weight", random, Math.sqrt(1.0 / h), h, shape.attention()));
        dense.add(Parameter.constant("global.vector", 0, shape.attention()));
        // [ρ, b]: γ = softplus(ρ)
        dense.add(Parameter.constant("calibration", 0, 2));
        setCalibration(objective.learnedCalibration() ? FIRST_GAMMA : 1, 0);
    }

    /**
     * Learns from one batch.
     *
     * @return the mean loss before the update
     */
    public double step(LookalikeBatch batch, double rate) {
        if (adam.step() == 0 && objective.learnedCalibration()) {
            setFirstBias(batch);
        }
        double loss = backward(batch, objective.dropout());
        adam.nextStep();
        dense.update(adam, rate);
        return loss;
    }

    /** Loss and scores of a batch, without dropout and without learning from it. */
    public LookalikeOutcome evaluate(LookalikeBatch batch) {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDList weights = dense.arrays(manager, false);
            NDArray scores = scores(new Inputs(manager, batch, 0), weights);
            return new LookalikeOutcome(loss(scores, weights).getFloat(), scores.toFloatArray());
        }
    }

    /** The sizes and form. */
    public LookalikeShape shape() {
        return shape;
    }

    /** γ and b as learned so far. */
    public Calibration calibration() {
        float[] values = calibrationParameter().values();
        return new Calibration(Math.log1p(Math.exp(values[0])), values[1]);
    }

    /** The tensors of the artifact's {@code weights.safetensors}, copied. */
    public Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        dense.parameters().forEach(parameter -> tensors.put(parameter.name(), parameter.tensor()));
        tensors.remove(calibrationParameter().name());
        return tensors;
    }

    /** Everything needed to go on training later. */
    public Map<String, Tensor> state() {
        return OptimizerState.of(dense.parameters(), adam);
    }

    /** Takes up a state written by a network of the same shape. */
    public void restore(Map<String, Tensor> state) {
        OptimizerState.restore(state, dense.parameters(), adam);
    }

    /** Computes the loss and leaves the gradients in the layers. */
    double backward(LookalikeBatch batch, double dropout) {
        try (NDManager manager = NDManager.newBaseManager();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDList weights = dense.arrays(manager, true);
            NDArray loss = loss(scores(new Inputs(manager, batch, dropout), weights), weights);
            collector.backward(loss);
            dense.readGradients(weights);
            freezeWhatIsNotLearned();
            return loss.getFloat();
        }
    }

    DenseLayers dense() {
        return dense;
    }

    private Parameter calibrationParameter() {
        return dense.parameters().get(CALIBRATION);
    }

    private void setCalibration(double gamma, double bias) {
        calibrationParameter().values()[0] = (float) Math.log(Math.expm1(gamma));
        calibrationParameter().values()[1] = (float) bias;
    }

    /** b = logit(share of positives) − γ · mean score, so that the first losses are not spent on finding the level. */
    private void setFirstBias(LookalikeBatch batch) {
        float[] scores = evaluate(batch).scores();
        double mean = 0;
        for (float score : scores) {
            mean += score / scores.length;
        }
        int users = batch.users().length / shape.universal();
        double rate = (double) users / scores.length;
        setCalibration(FIRST_GAMMA, Math.log(rate / (1 - rate)) - FIRST_GAMMA * mean);
    }

    private void freezeWhatIsNotLearned() {
        if (objective.learnedCalibration() == false) {
            Arrays.fill(dense.gradient(CALIBRATION), 0);
        }
        if (shape.form().activation() == LookalikeForm.Activation.RELU) {
            Arrays.fill(dense.gradient(TRANSFORM_SLOPE), 0);
        }
    }

    /** Raw scores, users × choices. */
    private NDArray scores(Inputs inputs, NDList weights) {
        long users = inputs.users.getShape().get(0);
        int h = shape.dimension();
        int clusters = inputs.clusters;
        NDArray user = transform(inputs.users, weights);
        NDArray query = user.matMul(weights.get(LOCAL_WEIGHT));
        NDArray centroids = inputs.centroids.get(inputs.choices);
        NDArray closeness = centroids
                .reshape(users, (long) inputs.perUser * clusters, h)
                .batchMatMul(query.expandDims(2))
                .reshape(users * inputs.perUser, clusters);
        NDArray attention = times(closeness.tanh(), shape.form().localTemperature())
                .add(inputs.localLogits.get(inputs.choices))
                .softmax(1);
        NDArray local = attention.expandDims(1).batchMatMul(centroids).reshape(users, inputs.perUser, h);
        NDArray direction = unit(user, 1);
        // All cosines first, then those of the choices: gradients of a choice of rows would be added up by several
        // threads in any order, and equal trainings would not give equal models.
        NDArray globalCosine = direction
                .matMul(unit(globalEmbeddings(inputs, weights), 1).transpose())
                .gather(inputs.choices.reshape(users, inputs.perUser), 1);
        NDArray localCosine = unit(local, 2).mul(direction.expandDims(1)).sum(new int[] {2});
        return times(globalCosine, shape.alpha()).add(times(localCosine, shape.beta()));
    }

    private NDArray transform(NDArray universal, NDList weights) {
        NDArray linear = universal.matMul(weights.get(TRANSFORM_WEIGHT)).add(weights.get(TRANSFORM_BIAS));
        NDArray activated = shape.form().activation() == LookalikeForm.Activation.RELU
                ? Activation.relu(linear)
                : Activation.relu(linear).sub(Activation.relu(linear.neg()).mul(weights.get(TRANSFORM_SLOPE)));
        return shape.form().unitLength() ? unit(activated, 1) : activated;
    }

    /** One global embedding a candidate: candidates × h. It does not depend on the user. */
    private NDArray globalEmbeddings(Inputs inputs, NDList weights) {
        long candidates = inputs.centroids.getShape().get(0);
        int h = shape.dimension();
        NDArray logits = inputs.centroids
                .reshape(candidates * inputs.clusters, h)
                .matMul(weights.get(GLOBAL_WEIGHT))
                .tanh()
                .matMul(weights.get(GLOBAL_VECTOR).expandDims(1))
                .reshape(candidates, inputs.clusters);
        return logits.add(inputs.globalLogits)
                .softmax(1)
                .expandDims(1)
                .batchMatMul(inputs.centroids)
                .squeeze(1);
    }

    private static NDArray unit(NDArray vectors, int axis) {
        NDArray norms = vectors.square()
                .sum(new int[] {axis}, true)
                .add(SMALLEST_NORM * SMALLEST_NORM)
                .sqrt();
        return vectors.div(norms);
    }

    /** The first choice of each user is the clicked one. */
    private NDArray loss(NDArray scores, NDList weights) {
        NDArray calibration = weights.get(CALIBRATION);
        NDArray gamma = softplus(calibration.get("0"));
        NDArray logits = scores.mul(gamma).add(calibration.get("1"));
        NDArray positives = softplus(logits.get(":, 0").neg()).sum();
        NDArray negatives = softplus(logits.get(":, 1:")).sum();
        NDArray crossEntropy = times(positives.add(negatives), 1.0 / scores.size());
        NDArray softmax = logits.logSoftmax(1).get(":, 0").mean().neg();
        return times(crossEntropy, objective.crossEntropyWeight()).add(times(softmax, objective.softmaxWeight()));
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

    /** The constant arrays of a batch; clusters that a candidate lacks are zero rows with a masked logit. */
    private final class Inputs {

        private final int clusters;
        private final int perUser;
        private final NDArray users;
        private final NDArray centroids;
        private final NDArray localLogits;
        private final NDArray globalLogits;
        private final NDArray choices;

        Inputs(NDManager manager, LookalikeBatch batch, double dropout) {
            List<Clusters> candidates = batch.candidates();
            int count = batch.users().length / shape.universal();
            int h = shape.dimension();
            clusters = candidates.stream().mapToInt(Clusters::count).max().orElse(1);
            perUser = batch.choices().length / count;
            float[] centroidValues = new float[candidates.size() * clusters * h];
            float[] local = new float[candidates.size() * clusters];
            float[] global = new float[candidates.size() * clusters];
            Arrays.fill(local, MASKED);
            Arrays.fill(global, MASKED);
            for (int i = 0; i < candidates.size(); i++) {
                Clusters candidate = candidates.get(i);
                float[] values = candidate.centroids();
                System.arraycopy(values, 0, centroidValues, i * clusters * h, values.length);
                for (int j = 0; j < candidate.count(); j++) {
                    double logSize = Math.log(candidate.sizes()[j]);
                    local[i * clusters + j] = (float) (shape.form().localSizeWeight() * logSize);
                    global[i * clusters + j] = (float) (shape.form().globalSizeWeight() * logSize);
                }
            }
            users = manager.create(dropped(batch.users(), dropout), new Shape(count, shape.universal()));
            centroids = manager.create(centroidValues, new Shape(candidates.size(), clusters, h));
            localLogits = manager.create(local, new Shape(candidates.size(), clusters));
            globalLogits = manager.create(global, new Shape(candidates.size(), clusters));
            choices = manager.create(longs(batch.choices()));
        }

        /** Inverted dropout, drawn from the seed and the step, so that a resumed training draws the same. */
        private float[] dropped(float[] values, double share) {
            if (share == 0) {
                return values;
            }
            SplittableRandom random = new SplittableRandom(seed * 31 + adam.step());
            float scale = (float) (1 / (1 - share));
            float[] kept = new float[values.length];
            for (int i = 0; i < values.length; i++) {
                kept[i] = random.nextDouble() < share ? 0 : values[i] * scale;
            }
            return kept;
        }

        private static long[] longs(int[] values) {
            return Arrays.stream(values).asLongStream().toArray();
        }
    }
}
