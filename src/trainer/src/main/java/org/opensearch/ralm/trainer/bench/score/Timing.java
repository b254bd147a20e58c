package org.opensearch.ralm.trainer.bench.score;

import org.opensearch.ralm.trainer.live.Quantiles;

/**
 * How long a contender's searches took.
 *
 * @param contender its name
 * @param documents how many documents each search scored
 * @param millis of each search, as the client saw it
 */
record Timing(String contender, int documents, Quantiles millis) {

    double least() {
        return millis.at(Double.MIN_VALUE);
    }

    double p50() {
        return millis.at(0.5);
    }

    double p99() {
        return millis.at(0.99);
    }

    /** Microseconds a document, by the median; what a search costs besides is in it. */
    double microsPerDocument() {
        return p50() * 1_000 / documents;
    }
}
