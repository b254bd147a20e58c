package org.opensearch.ralm.plugin.refresh;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.opensearch.action.bulk.BulkRequest;
import org.opensearch.action.bulk.BulkResponse;
import org.opensearch.action.index.IndexRequest;
import org.opensearch.action.support.PlainActionFuture;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.common.xcontent.XContentFactory;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.ralm.plugin.system.PluginIndex;
import org.opensearch.transport.client.Client;

/**
 * Appends a document for each cycle to an index a month, {@code ralm-metrics-2026.11}, for dashboards. A cycle
 * waits a little for it, so that what is logged is there when the cycle is over and no writes pile up; nothing fails if
 * it does. Safe for use by several threads.
 */
final class CycleLog {

    private static final Logger LOGGER = LogManager.getLogger(CycleLog.class);
    private static final DateTimeFormatter INDEX =
            DateTimeFormatter.ofPattern("'ralm-metrics-'uuuu.MM", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final TimeValue PATIENCE = TimeValue.timeValueSeconds(10);

    private final Client client;
    private final ClusterService clusterService;
    private volatile PluginIndex latest;

    /**
     * @param client acts as the plugin
     */
    CycleLog(Client client, ClusterService clusterService) {
        this.client = client;
        this.clusterService = clusterService;
    }

    /** Appends a document for each shard that has had a cycle. */
    void append(String feed, List<ShardStatus> shards) {
        if (shards.isEmpty()) {
            return;
        }
        try {
            PluginIndex index = index(INDEX.format(Instant.now()));
            PlainActionFuture<Void> ready = new PlainActionFuture<>();
            index.ensureExists(ready);
            ready.actionGet(PATIENCE);
            BulkRequest documents = new BulkRequest(index.name()).timeout(PATIENCE);
            for (ShardStatus shard : shards) {
                documents.add(new IndexRequest().source(document(feed, shard)));
            }
            BulkResponse written = client.bulk(documents).actionGet(PATIENCE);
            if (written.hasFailures()) {
                LOGGER.debug("cycle not logged: {}", written.buildFailureMessage());
            }
        } catch (IOException | RuntimeException e) {
            LOGGER.debug("cycle not logged", e);
        }
    }

    private PluginIndex index(String name) {
        PluginIndex index = latest;
        if (index == null || index.name().equals(name) == false) {
            index = new PluginIndex(name, false, CycleLog.class, client, clusterService);
            latest = index;
        }
        return index;
    }

    static XContentBuilder document(String feed, ShardStatus shard) throws IOException {
        Histogram staleness = Staleness.decoded(List.of(shard.staleness()));
        XContentBuilder document = XContentFactory.jsonBuilder().startObject();
        document.field("@timestamp", Instant.now().toString()).field("feed", feed);
        document.field("node", shard.node()).field("index", shard.index()).field("shard", shard.shard());
        document.field("warm", shard.warm()).field("cold", shard.cold()).field("pending", shard.pending());
        document.field("backlog_clicks", shard.waitingClicks()).field("backlog_candidates", shard.waitingCandidates());
        document.field("unknown_users", shard.unknownUsers()).field("memory_bytes", shard.bytes());
        document.field("staleness_p50_s", staleness.getValueAtPercentile(50) / 1e3)
                .field("staleness_p99_s", staleness.getValueAtPercentile(99) / 1e3)
                .field("staleness_max_s", staleness.getMaxValue() / 1e3);
        shard.last().fields(document);
        return document.endObject();
    }
}
