package org.opensearch.ralm.trainer.baseline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.opensearch.ralm.trainer.TinyWorld;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.SeedIndex;

final class LogisticRegressionTests {

    private static final double STRENGTH = 0.03;

    private final Dataset dataset = TinyWorld.dataset();
    private final SeedIndex seeds = SeedIndex.of(dataset.events(), TinyWorld.ITEMS);

    /** At the minimum of (λ/2)|w|² + mean log loss, λw equals the mean of (label - probability) x, and its mean is 0. */
    @Test
    void weightsAndBiasAreWhereTheGradientOfThePenalisedMeanLossIsZero() {
        Random random = new Random(3);
        SparseVector[] vectors = new SparseVector[200];
        double[] labels = new double[vectors.length];
        for (int row = 0; row < vectors.length; row++) {
            int[] features =
                    random.ints(4, 0, 12).sorted().distinct().map(f -> 3 * f).toArray();
            float[] values = new float[features.length];
            Arrays.fill(values, 0.5f);
            vectors[row] = new SparseVector(features, values);
            labels[row] = random.nextDouble() < (features[0] < 6 ? 0.6 : 0.2) ? 1 : 0;
        }
        int hidden = 9;
        LinearModel model = learner(STRENGTH).fit(vectors, labels, new int[] {hidden});
        assertTrue(Arrays.stream(model.weights().features()).noneMatch(feature -> feature == hidden));
        double[] gradient = new double[36];
        double biasGradient = 0;
        for (int row = 0; row < vectors.length; row++) {
            double score = model.bias();
            for (int feature : vectors[row].features()) {
                score += 0.5 * weight(model, feature);
            }
            double error = (labels[row] - 1 / (1 + Math.exp(-score))) / vectors.length;
            biasGradient += error;
            for (int feature : vectors[row].features()) {
                gradient[feature] += 0.5 * error;
            }
        }
        assertEquals(0, biasGradient, 1e-3);
        for (int feature : model.weights().features()) {
            assertEquals(STRENGTH * weight(model, feature), gradient[feature], 1e-3);
        }
    }

    @Test
    void seedsScoreAboveOthersOfTheirGroupAboveOtherGroups() {
        long time = 30 * TinyWorld.DAY;
        LogisticRegression learner = learner(1e-2);
        int item = 0;
        LinearModel model = learner.at(time).apply(item);
        float[] spread = new float[learner.encoding().features()];
        model.spread(spread);
        double suited = mean(learner, model, spread, true, item, time);
        double others = mean(learner, model, spread, false, item, time);
        assertTrue(suited > others + 0.5, suited + " against " + others);
    }

    @Test
    void thatUsersClickedTheItemItselfIsNotLearned() {
        long time = 30 * TinyWorld.DAY;
        LogisticRegression learner = learner(1e-2);
        LinearModel model = learner.at(time).apply(4);
        int[] own = learner.encoding().ofClicking(4);
        assertEquals(1, own.length);
        assertFalse(Arrays.stream(model.weights().features()).anyMatch(feature -> feature == own[0]));
    }

    @Test
    void anItemOfFewSeedsScoresEverybodyWithThePrior() {
        LinearModel model = learner(1e-2).at(TinyWorld.DAY / 4).apply(1);
        assertEquals(0, model.weights().features().length);
        assertEquals(1.0 / 11, 1 / (1 + Math.exp(-model.bias())), 1e-12);
    }

    @Test
    void equalRandomSeedsGiveEqualModels() {
        LinearModel one = learner(1e-2).at(30 * TinyWorld.DAY).apply(2);
        LinearModel other = learner(1e-2).at(30 * TinyWorld.DAY).apply(2);
        assertArrayEquals(one.weights().values(), other.weights().values());
    }

    private LogisticRegression learner(double strength) {
        return new LogisticRegression(dataset, seeds, 128, strength, 1);
    }

    private static double mean(
            LogisticRegression learner, LinearModel model, float[] spread, boolean suited, int item, long time) {
        int[] users = IntStream.range(0, TinyWorld.USERS)
                .filter(user -> TinyWorld.suits(user, item) == suited)
                .toArray();
        return learner.encoding().encode(users, time).stream()
                .mapToDouble(user -> model.score(user, spread))
                .average()
                .orElseThrow();
    }

    private static double weight(LinearModel model, int feature) {
        int place = Arrays.binarySearch(model.weights().features(), feature);
        return place < 0 ? 0 : model.weights().values()[place];
    }
}
