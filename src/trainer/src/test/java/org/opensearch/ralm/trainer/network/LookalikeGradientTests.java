package org.opensearch.ralm.trainer.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.opensearch.ralm.artifact.LookalikeForm;
import org.opensearch.ralm.artifact.LookalikeForm.Activation;
import org.opensearch.ralm.cluster.Clusters;
import org.opensearch.ralm.trainer.network.LookalikeBatch.Candidate;

/**
 * The engine's gradients against central differences of a loss in double precision, for each option of phase 2 that a
 * gradient depends on. Others say what is shown to the network (clusters and seeds, negatives) and when it stops.
 */
class LookalikeGradientTests {

    private static final int UNIVERSAL = 4;
    private static final int DIMENSION = 3;
    private static final int CHOICES = 4;
    private static final int USERS = 5;
    private static final double STEP = 1e-5;

    private final Random random = new Random(11);

    static Stream<Arguments> networks() {
        LookalikeForm form = LookalikeForm.DEFAULT;
        LookalikeObjective joint = LookalikeObjective.DEFAULT;
        LookalikeForm untamed = new LookalikeForm(Activation.PRELU, false, 2, 0.5, 0);
        LookalikeForm unweighted = new LookalikeForm(Activation.PRELU, true, 5, 0, 2);
        LookalikeForm relu = new LookalikeForm(Activation.RELU, true, 5, 1, 1);
        LookalikeObjective learnedTemperature = new LookalikeObjective(3, 1, true, true, 0);
        return Stream.of(
                Arguments.of("default", form, joint, false),
                Arguments.of("paper", LookalikeForm.PAPER, LookalikeObjective.PAPER, false),
                Arguments.of("paper, γ = 1", LookalikeForm.PAPER, new LookalikeObjective(1, 0, false, false, 0), false),
                Arguments.of("relu of unit length", relu, joint, false),
                Arguments.of("not of unit length", untamed, joint, false),
                Arguments.of("local sizes without weight, global ones twice", unweighted, joint, false),
                Arguments.of("cross-entropy alone", form, new LookalikeObjective(1, 0, true, false, 0), false),
                Arguments.of("sampled softmax alone", form, new LookalikeObjective(0, 1, true, false, 0), false),
                Arguments.of("calibration not learned", form, new LookalikeObjective(3, 1, false, false, 0), false),
                Arguments.of("learned temperature", form, learnedTemperature, false),
                Arguments.of("computed centroids", form, joint, true),
                Arguments.of("computed centroids, paper", LookalikeForm.PAPER, LookalikeObjective.PAPER, true),
                Arguments.of(
                        "computed, not of unit length", untamed, new LookalikeObjective(1, 2, true, true, 0), true));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("networks")
    void gradientsMatchCentralDifferencesInDoublePrecision(
            String name, LookalikeForm form, LookalikeObjective objective, boolean computed) {
        LookalikeNetwork network = network(form, objective, 0.3, 0.7);
        LookalikeBatch batch = batch(computed, 3);
        assertGradients(network, objective, batch, batch, Dropout.NONE);
    }

    @ParameterizedTest(name = "alpha {0}, beta {1}, clusters {2}")
    @CsvSource({"1, 0, 3", "0, 1, 3", "0.3, 0.7, 1", "1, 0, 1"})
    void gradientsOfEachAttentionAloneAndOfTheAverageMatchCentralDifferences(double alpha, double beta, int clusters) {
        LookalikeBatch batch = batch(false, clusters);
        LookalikeNetwork network = network(LookalikeForm.DEFAULT, LookalikeObjective.DEFAULT, alpha, beta);
        assertGradients(network, LookalikeObjective.DEFAULT, batch, batch, Dropout.NONE);
    }

    /** What is left of the inputs is what the reference is given. */
    @ParameterizedTest(name = "dropout {0}")
    @ValueSource(doubles = {0.1, 0.5})
    void gradientsUnderDropoutMatchCentralDifferencesOfWhatIsLeft(double share) {
        LookalikeBatch batch = batch(false, 3);
        float[] left = new Dropout(share, 5).of(batch.users());
        LookalikeBatch shown = new LookalikeBatch(left, batch.candidates(), batch.choices());
        LookalikeNetwork network = network(LookalikeForm.DEFAULT, LookalikeObjective.DEFAULT, 0.3, 0.7);
        assertGradients(network, LookalikeObjective.DEFAULT, batch, shown, new Dropout(share, 5));
    }

    /** The members of the centroids are dropped from after the users, in the order of the candidates. */
    @ParameterizedTest(name = "dropout {0}")
    @ValueSource(doubles = {0.1, 0.5})
    void gradientsUnderDropoutOfComputedCentroidsMatchCentralDifferencesOfWhatIsLeft(double share) {
        List<Candidate> candidates = new ArrayList<>();
        List<Candidate> left = new ArrayList<>();
        Dropout dropout = new Dropout(share, 5);
        float[] users = floats(USERS * UNIVERSAL);
        float[] usersLeft = dropout.of(users);
        for (int candidate = 0; candidate < 6; candidate++) {
            Clusters clusters = new Clusters(DIMENSION, floats(2 * DIMENSION), new int[] {4, 9});
            float[][] members = {floats(3 * UNIVERSAL), floats(3 * UNIVERSAL)};
            candidates.add(new Candidate(clusters, members));
            left.add(new Candidate(clusters, new float[][] {dropout.of(members[0]), dropout.of(members[1])}));
        }
        int[] choices = random.ints(USERS * CHOICES, 0, candidates.size()).toArray();
        LookalikeNetwork network = network(LookalikeForm.DEFAULT, LookalikeObjective.DEFAULT, 0.3, 0.7);
        assertGradients(
                network,
                LookalikeObjective.DEFAULT,
                new LookalikeBatch(users, candidates, choices),
                new LookalikeBatch(usersLeft, left, choices),
                new Dropout(share, 5));
    }

    private LookalikeNetwork network(LookalikeForm form, LookalikeObjective objective, double alpha, double beta) {
        LookalikeShape shape = new LookalikeShape(UNIVERSAL, DIMENSION, 2, 3, form, alpha, beta);
        LookalikeNetwork network = new LookalikeNetwork(shape, objective, 7);
        for (Parameter parameter : network.dense().parameters()) {
            for (int i = 0; i < parameter.values().length; i++) {
                parameter.values()[i] += (float) (random.nextGaussian() * 0.2);
            }
        }
        return network;
    }

    /**
     * @param batch what the network is given
     * @param shown what is left of it after dropout
     */
    private static void assertGradients(
            LookalikeNetwork network,
            LookalikeObjective objective,
            LookalikeBatch batch,
            LookalikeBatch shown,
            Dropout dropout) {
        LookalikeForm form = network.shape().form();
        ReferenceLoss reference = new ReferenceLoss(network, objective, shown);

        assertEquals(reference.loss(), network.backward(batch, dropout), 1e-5);
        for (Parameter parameter : network.dense().parameters()) {
            float[] gradient = network.dense().gradient(parameter.name());
            for (int i = 0; i < gradient.length; i++) {
                double expected = learned(parameter.name(), form, objective)
                        ? difference(reference, reference.weights(parameter.name()), i)
                        : 0;
                assertEquals(expected, gradient[i], 1e-5 + 1e-4 * Math.abs(expected), parameter.name() + " " + i);
            }
        }
    }

    private static boolean learned(String parameter, LookalikeForm form, LookalikeObjective objective) {
        return switch (parameter) {
            case "transform.slope" -> form.activation() == Activation.PRELU;
            case "temperature" -> objective.learnedTemperature();
            case "calibration" -> objective.learnedCalibration();
            default -> true;
        };
    }

    private static double difference(ReferenceLoss reference, double[] weights, int i) {
        double before = weights[i];
        weights[i] = before + STEP;
        double above = reference.loss();
        weights[i] = before - STEP;
        double below = reference.loss();
        weights[i] = before;
        return (above - below) / (2 * STEP);
    }

    private LookalikeBatch batch(boolean computed, int clustersAtMost) {
        List<Candidate> candidates = new ArrayList<>();
        for (int candidate = 0; candidate < 6; candidate++) {
            int count = 1 + candidate % clustersAtMost;
            Clusters clusters = new Clusters(
                    DIMENSION,
                    floats(count * DIMENSION),
                    random.ints(count, 1, 20).toArray());
            candidates.add(new Candidate(clusters, computed ? members(count) : null));
        }
        int[] choices = random.ints(USERS * CHOICES, 0, candidates.size()).toArray();
        return new LookalikeBatch(floats(USERS * UNIVERSAL), candidates, choices);
    }

    private float[][] members(int clusters) {
        float[][] members = new float[clusters][];
        for (int cluster = 0; cluster < clusters; cluster++) {
            members[cluster] = floats((1 + random.nextInt(3)) * UNIVERSAL);
        }
        return members;
    }

    private float[] floats(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
