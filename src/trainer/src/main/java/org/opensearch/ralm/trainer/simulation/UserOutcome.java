package org.opensearch.ralm.trainer.simulation;

/**
 * What one user was shown and read in the whole replay.
 *
 * @param impressions items shown, repetitions included
 * @param exposures distinct items shown
 * @param read the items read, ascending, each once
 * @param days on which the user came
 * @param categories distinct categories read in a day, summed over days
 * @param tags distinct tags read in a day, summed over days
 */
record UserOutcome(int impressions, int exposures, int[] read, int days, int categories, int tags) {}
