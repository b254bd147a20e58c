package org.opensearch.ralm.trainer.network;

/**
 * What a look-alike network makes of a batch.
 *
 * @param loss the mean loss
 * @param scores the raw scores, users × choices, the clicked candidate first
 */
public record LookalikeOutcome(double loss, float[] scores) {}
