package org.opensearch.ralm.dashboards;

import java.util.List;

/**
 * All that the dashboards of a feed read.
 *
 * @param cycles of the refresh task, a document a shard and cycle
 * @param nodes what the statistics of each node have grown by, about once a minute
 * @param models a document for each model that was uploaded, at whatever time
 * @param rollouts changes of the feed's model
 * @param candidates the feed's, as they are now
 * @param clicks the feed's
 * @param impressions the feed's, a document for each candidate shown to somebody
 */
record Sources(
        Source cycles,
        Source nodes,
        Source models,
        Source rollouts,
        Source candidates,
        Source clicks,
        Source impressions) {

    private static final String TIME = "@timestamp";

    static Sources of(FeedNames names) {
        Source metrics = Source.of("ralm-metrics-*", Fields.ofPlugin("metrics/mapping.json"));
        Source impressions = Source.of("ralm-impressions-*", Fields.ofImpressions());
        return new Sources(
                metrics.where("kind", "cycle").where("feed", names.feed()).during(TIME),
                metrics.where("kind", "node").during(TIME),
                metrics.where("kind", "model"),
                metrics.where("kind", "rollout").where("feed", names.feed()).during(TIME),
                Source.of(names.candidates(), Fields.ofCandidates(names.object())),
                Source.of(names.clicks(), Fields.ofPlugin("click/mapping.json")),
                impressions.where("feed", names.feed()).during(TIME));
    }

    /** One for each index or pattern. */
    List<Source> indices() {
        return List.of(cycles, impressions, candidates, clicks);
    }
}
