package org.opensearch.ralm.trainer.training;

/**
 * What an epoch reached or, where validation comes more often, the part of it up to a validation.
 *
 * @param epoch from 1
 * @param batches batches learned since the beginning of the phase
 * @param loss mean loss of the samples, each before it was learned
 * @param validationLoss mean loss of the samples held out, afterwards
 * @param validationAuc area under the ROC curve of the samples held out, afterwards; in phase 1 of how near users are to
 *     the mean of an item's seeds, in phase 2 of the scores
 * @param seconds how long it took
 * @param samples how many samples were shown
 */
public record EpochResult(
        int epoch,
        int batches,
        double loss,
        double validationLoss,
        double validationAuc,
        double seconds,
        long samples) {}
