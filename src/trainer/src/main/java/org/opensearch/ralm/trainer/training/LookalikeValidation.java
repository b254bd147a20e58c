package org.opensearch.ralm.trainer.training;

import java.util.ArrayList;
import java.util.List;
import org.opensearch.ralm.trainer.metric.Auc;
import org.opensearch.ralm.trainer.network.LookalikeOutcome;

/** What a look-alike network makes of the batches held out. Not safe for use by several threads. */
final class LookalikeValidation {

    private final int choices;
    private final MeanLoss loss = new MeanLoss();
    private final List<LookalikeOutcome> outcomes = new ArrayList<>();
    private int size;

    /**
     * @param choices how many candidates a sample has, the clicked one being the first
     */
    LookalikeValidation(int choices) {
        this.choices = choices;
    }

    void add(LookalikeOutcome batch) {
        loss.add(batch.loss(), batch.global().length / choices);
        outcomes.add(batch);
        size += batch.global().length;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** The mean loss of the samples. */
    double loss() {
        return loss.mean();
    }

    /** The pooled AUC with given weights of the cosines. */
    double auc(double alpha, double beta) {
        return Auc.pooled(scores(alpha, beta), clicked());
    }

    /** All scores with given weights of the cosines. */
    float[] scores(double alpha, double beta) {
        float[] all = new float[size];
        int at = 0;
        for (LookalikeOutcome batch : outcomes) {
            float[] scores = batch.scores(alpha, beta);
            System.arraycopy(scores, 0, all, at, scores.length);
            at += scores.length;
        }
        return all;
    }

    /** Which of the scores are those of clicked candidates. */
    boolean[] clicked() {
        boolean[] clicked = new boolean[size];
        for (int i = 0; i < size; i += choices) {
            clicked[i] = true;
        }
        return clicked;
    }
}
