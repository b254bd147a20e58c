package org.opensearch.ralm.plugin.refresh;

import java.io.IOException;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.ralm.plugin.metrics.MetricsDocument;

/**
 * What is logged of a shard's cycle.
 *
 * @param feed the feed's name
 * @param shard how far the shard is
 */
record CycleDocument(String feed, ShardStatus shard) implements MetricsDocument {

    /** A document for each shard that has had a cycle. */
    static List<CycleDocument> of(String feed, List<ShardStatus> shards) {
        return shards.stream().map(shard -> new CycleDocument(feed, shard)).toList();
    }

    @Override
    public String kind() {
        return "cycle";
    }

    @Override
    public void writeFields(XContentBuilder builder) throws IOException {
        Histogram staleness = Staleness.decoded(List.of(shard.staleness()));
        builder.field("feed", feed);
        builder.field("node", shard.node()).field("index", shard.index()).field("shard", shard.shard());
        builder.field("warm", shard.warm()).field("cold", shard.cold()).field("pending", shard.pending());
        builder.field("backlog_clicks", shard.waitingClicks()).field("backlog_candidates", shard.waitingCandidates());
        builder.field("unknown_users", shard.unknownUsers()).field("memory_bytes", shard.bytes());
        builder.field("staleness_p50_s", staleness.getValueAtPercentile(50) / 1e3)
                .field("staleness_p99_s", staleness.getValueAtPercentile(99) / 1e3)
                .field("staleness_max_s", staleness.getMaxValue() / 1e3);
        shard.last().fields(builder);
    }
}
