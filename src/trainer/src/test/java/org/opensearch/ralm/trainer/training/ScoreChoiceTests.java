package org.opensearch.ralm.trainer.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.opensearch.ralm.artifact.Calibration;
import org.opensearch.ralm.trainer.network.LookalikeOutcome;

/** What is settled on samples held out: weights of the cosines and calibration. */
final class ScoreChoiceTests {

    private static final Calibration LEARNED = new Calibration(9, -6);

    private final Random random = new Random(3);

    /** Samples of three candidates whose clicked one is told by both cosines, each as much as said. */
    private LookalikeValidation validation(double byGlobal, double byLocal) {
        LookalikeValidation validation = new LookalikeValidation(3);
        for (int batch = 0; batch < 4; batch++) {
            float[] global = new float[3 * 200];
            float[] local = new float[global.length];
            for (int i = 0; i < global.length; i++) {
                double clicked = i % 3 == 0 ? 1 : 0;
                global[i] = (float) (0.2 * (byGlobal * clicked + random.nextGaussian()));
                local[i] = (float) (0.2 * (byLocal * clicked + random.nextGaussian()));
            }
            validation.add(new LookalikeOutcome(0.5, global, local));
        }
        return validation;
    }

    @Test
    void chosenWeightsFollowWhatTellsMore() {
        assertEquals(1, ScoreChoice.chosen(validation(2, 0), LEARNED).alpha(), 0.2);
        assertEquals(1, ScoreChoice.chosen(validation(0, 2), LEARNED).beta(), 0.2);
        LookalikeValidation equal = validation(1, 1);
        ScoreChoice chosen = ScoreChoice.chosen(equal, LEARNED);
        assertEquals(0.5, chosen.alpha(), 0.2);
        assertTrue(equal.auc(chosen.alpha(), chosen.beta()) >= equal.auc(0.3, 0.7));
    }

    @Test
    void calibratedProbabilitiesSumUpToTheClicks() {
        LookalikeValidation validation = validation(1, 2);
        ScoreChoice choice = ScoreChoice.given(validation, 0.3, 0.7, LEARNED);
        double expected = 0;
        float[] scores = validation.scores(0.3, 0.7);
        for (float score : scores) {
            expected += choice.calibration().probability(score);
        }
        assertEquals(scores.length / 3.0, expected, 0.1);
    }

    @Test
    void theFitFindsWhatTheClicksWereDrawnWith() {
        Calibration truth = new Calibration(6, -2);
        float[] scores = new float[100_000];
        boolean[] clicked = new boolean[scores.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = random.nextFloat() * 2 - 1;
            clicked[i] = random.nextDouble() < truth.probability(scores[i]);
        }
        Calibration fit = LogisticFit.of(scores, clicked);
        assertEquals(truth.gamma(), fit.gamma(), 0.2);
        assertEquals(truth.bias(), fit.bias(), 0.1);
    }

    @Test
    void separableClicksGiveAFiniteFit() {
        Calibration fit = LogisticFit.of(new float[] {-0.5f, 0.5f}, new boolean[] {false, true});
        assertTrue(fit.gamma() > 0 && Double.isFinite(fit.gamma()) && Double.isFinite(fit.bias()), fit.toString());
    }

    @Test
    void scoresThatAreWrongKeepTheLearnedCalibration() {
        assertSame(
                LEARNED,
                ScoreChoice.given(validation(-2, -2), 0.3, 0.7, LEARNED).calibration());
    }
}
