package org.opensearch.ralm.trainer.training;

/**
 * What one epoch reached.
 *
 * @param epoch from 1
 * @param loss mean loss of the samples, each before it was learned
 * @param validationLoss mean loss of the samples held out, after the epoch
 * @param seconds how long it took
 * @param samples how many samples were shown
 */
public record EpochResult(int epoch, double loss, double validationLoss, double seconds, long samples) {}
