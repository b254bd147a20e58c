package org.opensearch.ralm.trainer.report;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * A bar of the histogram of scores.
 *
 * @param from least score
 * @param to where the next bar begins; the last bar includes it
 * @param clicks share of all clicks whose score lies here
 * @param negatives share of all negatives whose score lies here
 */
@JsonNaming(SnakeCaseStrategy.class)
public record ScoreBin(double from, double to, double clicks, double negatives) {}
