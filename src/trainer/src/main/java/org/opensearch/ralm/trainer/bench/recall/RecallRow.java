package org.opensearch.ralm.trainer.bench.recall;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.opensearch.ralm.trainer.live.Quantiles;

/**
 * What recalling at most k candidates did.
 *
 * @param k as the query says; all candidates for the exhaustive search
 * @param scored how many candidates a search scored, in the mean
 * @param overlap the share of the best that are those of the exhaustive search, in the mean
 * @param millis of each search, as the client saw it
 */
record RecallRow(int k, double scored, double overlap, Quantiles millis) {

    void describe(ObjectNode json, int candidates) {
        json.put("k", k).put("scored", scored).put("scored_share", scored / candidates);
        json.put("overlap_at_50", overlap);
        json.put("p50_ms", millis.at(0.5)).put("p99_ms", millis.at(0.99));
    }
}
