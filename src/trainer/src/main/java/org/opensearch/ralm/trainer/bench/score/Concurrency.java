package org.opensearch.ralm.trainer.bench.score;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a second thread makes of searches by one contender of an index of several segments.
 *
 * @param segments how many there are
 * @param alone searched by one thread
 * @param shared searched by two
 */
record Concurrency(int segments, Timing alone, Timing shared) {

    /** How many times as fast two threads are. */
    double speedup() {
        return alone.p50() / shared.p50();
    }

    void describe(ObjectNode json) {
        json.put("segments", segments);
        json.put("p50_ms_one_thread", alone.p50());
        json.put("p50_ms_two_threads", shared.p50());
        json.put("speedup", speedup());
    }
}
