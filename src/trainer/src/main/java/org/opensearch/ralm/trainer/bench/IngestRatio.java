package org.opensearch.ralm.trainer.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.opensearch.ralm.trainer.live.Quantiles;

/**
 * What the ingest processor costs.
 *
 * @param rounds of each kind, in the order in which they ran
 */
record IngestRatio(List<Round> rounds) {

    /**
     * The same clicks indexed both ways.
     *
     * @param with clicks a second through the pipeline
     * @param without clicks a second past it
     */
    record Round(double with, double without) {}

    /** The median over the rounds of throughput with the processor / without. */
    double median() {
        return new Quantiles(rounds.stream()
                        .mapToDouble(round -> round.with / round.without)
                        .toArray())
                .at(0.5);
    }

    void describe(ObjectNode json) {
        json.put("ingest_ratio", median());
        var list = json.putArray("ingest_rounds");
        for (Round round : rounds) {
            list.addObject()
                    .put("with_clicks_per_s", round.with)
                    .put("without_clicks_per_s", round.without)
                    .put("ratio", round.with / round.without);
        }
    }
}
