package org.opensearch.ralm.trainer.training;

import java.util.ArrayList;
import java.util.List;
import org.opensearch.ralm.trainer.metric.Auc;
import org.opensearch.ralm.trainer.network.LookalikeOutcome;

/** Mean loss and pooled AUC of the batches held out. Not safe for use by several threads. */
final class LookalikeValidation {

    private final int choices;
    private final MeanLoss loss = new MeanLoss();
    private final List<float[]> scores = new ArrayList<>();

    /**
     * @param choices how many candidates a sample has, the clicked one being the first
     */
    LookalikeValidation(int choices) {
        this.choices = choices;
    }

    void add(LookalikeOutcome batch) {
        loss.add(batch.loss(), batch.scores().length / choices);
        scores.add(batch.scores());
    }

    boolean isEmpty() {
        return scores.isEmpty();
    }

    double loss() {
        return loss.mean();
    }

    double auc() {
        float[] all = new float[scores.stream().mapToInt(batch -> batch.length).sum()];
        int size = 0;
        for (float[] batch : scores) {
            System.arraycopy(batch, 0, all, size, batch.length);
            size += batch.length;
        }
        boolean[] clicked = new boolean[size];
        for (int i = 0; i < size; i += choices) {
            clicked[i] = true;
        }
        return Auc.pooled(all, clicked);
    }
}
