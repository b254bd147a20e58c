package org.opensearch.ralm.trainer.network;

/**
 * What a network makes of a batch.
 *
 * @param loss the mean loss
 * @param scores the raw scores, users × choices, the clicked one first
 */
public record BatchOutcome(double loss, float[] scores) {}
