package org.opensearch.ralm.trainer.network;

/**
 * What a look-alike network makes of a batch; arrays are users × choices, the clicked candidate first.
 *
 * @param loss the mean loss
 * @param global cosines with the global embeddings
 * @param local cosines with the local embeddings
 */
public record LookalikeOutcome(double loss, float[] global, float[] local) {

    /** α·global + β·local. */
    public float[] scores(double alpha, double beta) {
        float[] scores = new float[global.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) (alpha * global[i] + beta * local[i]);
        }
        return scores;
    }
}
