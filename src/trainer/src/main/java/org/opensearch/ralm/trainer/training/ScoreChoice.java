package org.opensearch.ralm.trainer.training;

import org.opensearch.ralm.artifact.Calibration;

/**
 * What is settled on the samples held out once the network has been trained: the weights of the two cosines, where they
 * are to be chosen, and the calibration.
 *
 * @param alpha weight of the global cosine
 * @param beta weight of the local cosine
 * @param calibration from score to probability
 */
record ScoreChoice(double alpha, double beta, Calibration calibration) {

    private static final int STEPS = 20;

    /** The weights of the greatest AUC, alpha from 0 to 1 and beta = 1 - alpha, and the calibration of their scores. */
    static ScoreChoice chosen(LookalikeValidation validation, Calibration learned) {
        double best = 0;
        double bestAuc = -1;
        for (int step = 0; step <= STEPS; step++) {
            double alpha = (double) step / STEPS;
            double auc = validation.auc(alpha, 1 - alpha);
            if (auc > bestAuc) {
                best = alpha;
                bestAuc = auc;
            }
        }
        return given(validation, best, 1 - best, learned);
    }

    /** The calibration of the scores with given weights; the learned one where no better can be fitted. */
    static ScoreChoice given(LookalikeValidation validation, double alpha, double beta, Calibration learned) {
        Calibration fitted = LogisticFit.of(validation.scores(alpha, beta), validation.clicked());
        return new ScoreChoice(alpha, beta, fitted.gamma() > 0 ? fitted : learned);
    }
}
