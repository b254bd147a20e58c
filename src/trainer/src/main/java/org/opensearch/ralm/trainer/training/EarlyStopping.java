package org.opensearch.ralm.trainer.training;

import java.util.List;
import java.util.Map;
import org.opensearch.ralm.artifact.Tensor;

/**
 * Remembers the best state by validation loss and says when to stop.
 *
 * @param patience epochs without a better loss after which training stops
 */
record EarlyStopping(int patience) {

    /** Something that is trained epoch by epoch. */
    interface Epochs {
        /** Shows all samples once. */
        EpochResult run(int epoch);

        /** All that is needed to go on later. */
        Map<String, Tensor> state();

        /** Goes back to a state. */
        void restore(Map<String, Tensor> state);
    }

    /** Trains until the loss stops falling or the epochs are used up, then goes back to the best epoch's state. */
    void train(Epochs training, int maxEpochs, PhaseCheckpoint checkpoint) {
        PhaseCheckpoint.Position position = checkpoint.load();
        if (position.state() != null) {
            training.restore(position.state());
        }
        while (position.isFinished(maxEpochs, patience) == false) {
            EpochResult result = training.run(position.epochs().size() + 1);
            position = position.after(result, training.state());
            checkpoint.save(position);
        }
        if (position.best() != null) {
            training.restore(position.best());
        }
    }

    /** Index of the epoch of least validation loss, NaN being the worst; -1 if there is none. */
    static int best(List<EpochResult> epochs) {
        int best = -1;
        for (int i = 0; i < epochs.size(); i++) {
            if (best < 0
                    || Double.compare(
                                    epochs.get(i).validationLoss(),
                                    epochs.get(best).validationLoss())
                            < 0) {
                best = i;
            }
        }
        return best;
    }
}
