package org.opensearch.ralm.trainer.training;

import java.util.List;
import java.util.Map;
import org.opensearch.ralm.artifact.Tensor;

/**
 * Trains in rounds, each an epoch or the part of one up to the next validation; remembers the best round's state by
 * validation AUC and says when to stop.
 *
 * @param patience epochs without a better AUC after which training stops
 * @param validateBatches batches of a round at most
 */
record EarlyStopping(int patience, int validateBatches) {

    /** Something that is trained batch by batch. */
    interface Phase {
        /** How many batches show all samples once. */
        int batchesPerEpoch();

        /**
         * Learns some batches of one epoch, numbered from the beginning of the phase, and validates.
         *
         * @param from first batch
         * @param to batch after the last
         */
        EpochResult run(int from, int to);

        /** All that is needed to go on later. */
        Map<String, Tensor> state();

        /** Goes back to a state. */
        void restore(Map<String, Tensor> state);
    }

    /** Trains until the AUC stops rising or the epochs are used up, then goes back to the best round's state. */
    void train(Phase phase, int maxEpochs, PhaseCheckpoint checkpoint) {
        PhaseCheckpoint.Position position = checkpoint.load();
        if (position.state() != null) {
            phase.restore(position.state());
        }
        int perEpoch = phase.batchesPerEpoch();
        while (isFinished(position.rounds(), perEpoch, maxEpochs) == false) {
            int from = batches(position.rounds());
            int endOfEpoch = (from / perEpoch + 1) * perEpoch;
            EpochResult result = phase.run(from, Math.min(endOfEpoch, from + validateBatches));
            position = position.after(result, phase.state());
            checkpoint.save(position);
        }
        if (position.best() != null) {
            phase.restore(position.best());
        }
    }

    private boolean isFinished(List<EpochResult> rounds, long perEpoch, int maxEpochs) {
        long batches = batches(rounds);
        int best = best(rounds);
        return batches >= maxEpochs * perEpoch
                || best >= 0 && batches - rounds.get(best).batches() >= patience * perEpoch;
    }

    private static int batches(List<EpochResult> rounds) {
        return rounds.isEmpty() ? 0 : rounds.getLast().batches();
    }

    /**
     * Index of the round of greatest validation AUC, NaN being the worst; -1 if there is none. Not of least loss: the
     * loss of what is held out rises long before user embeddings and scores get worse.
     */
    static int best(List<EpochResult> rounds) {
        int best = -1;
        for (int i = 0; i < rounds.size(); i++) {
            if (best < 0 || quality(rounds.get(i)) > quality(rounds.get(best))) {
                best = i;
            }
        }
        return best;
    }

    private static double quality(EpochResult round) {
        return Double.isNaN(round.validationAuc()) ? -1 : round.validationAuc();
    }
}
