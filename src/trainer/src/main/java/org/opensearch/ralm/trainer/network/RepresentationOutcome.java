package org.opensearch.ralm.trainer.network;

/**
 * What a representation network makes of a batch.
 *
 * @param loss the mean loss
 * @param scores the scores, users × choices, the clicked item first
 */
public record RepresentationOutcome(double loss, float[] scores) {}
