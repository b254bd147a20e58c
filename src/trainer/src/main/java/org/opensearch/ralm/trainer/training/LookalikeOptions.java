package org.opensearch.ralm.trainer.training;

import org.opensearch.ralm.artifact.LookalikeForm;
import org.opensearch.ralm.trainer.network.LookalikeObjective;

/**
 * How the look-alike phase is trained.
 *
 * @param dimension h, the width of look-alike vectors
 * @param clusters K
 * @param form the form of the head
 * @param alpha weight of the global cosine
 * @param beta weight of the local cosine
 * @param objective the loss
 * @param minSeeds only candidates with at least so many seeds are learned from
 * @param maxSeeds the newest so many seeds represent a candidate
 * @param negatives candidates drawn against each click
 * @param epochs how many times the samples are shown at most
 * @param batch samples a step
 * @param rate Adam's learning rate
 * @param reclusterBatches seeds are clustered anew after so many batches, and at least once an epoch
 */
public record LookalikeOptions(
        int dimension,
        int clusters,
        LookalikeForm form,
        double alpha,
        double beta,
        LookalikeObjective objective,
        int minSeeds,
        int maxSeeds,
        int negatives,
        int epochs,
        int batch,
        double rate,
        int reclusterBatches) {

    /** Seeds and pool are those at the start of a block of so many seconds: three days. */
    static final long BLOCK_SECONDS = 3 * 86_400;

    /** The default, size-aware and tempered. */
    public static final LookalikeOptions DEFAULT = new LookalikeOptions(
            64, 20, LookalikeForm.DEFAULT, 0.3, 0.7, LookalikeObjective.DEFAULT, 20, 128, 10, 10, 256, 3e-3, 1000);

    /** The paper's form. */
    public static final LookalikeOptions PAPER = new LookalikeOptions(
            128, 20, LookalikeForm.PAPER, 0.3, 0.7, LookalikeObjective.PAPER, 20, 128, 10, 10, 256, 1e-3, 1000);

    /** The same with one cluster, so that a candidate is the average of its seeds: the paper's "RALM with average". */
    public LookalikeOptions average() {
        return new LookalikeOptions(
                dimension,
                1,
                form,
                1,
                0,
                objective,
                minSeeds,
                maxSeeds,
                negatives,
                epochs,
                batch,
                rate,
                reclusterBatches);
    }
}
