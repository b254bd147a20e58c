package org.opensearch.ralm.plugin.metrics;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.opensearch.action.bulk.BulkRequest;
import org.opensearch.action.bulk.BulkResponse;
import org.opensearch.action.index.IndexRequest;
import org.opensearch.action.support.PlainActionFuture;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.common.xcontent.XContentFactory;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.ralm.plugin.system.PluginIndex;
import org.opensearch.transport.client.Client;

/**
 * Appends documents to an index a month, {@code ralm-metrics-2026.11}, for dashboards. Whoever appends waits a little
 * for it, so that what is logged is there when what it is about is over, and no writes pile up; nothing fails if it does.
 * Safe for use by several threads.
 */
public final class MetricsLog {

    private static final Logger LOGGER = LogManager.getLogger(MetricsLog.class);
    private static final DateTimeFormatter INDEX =
            DateTimeFormatter.ofPattern("'ralm-metrics-'uuuu.MM", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** How long a write waits for a shard that has no primary just now. */
    private static final TimeValue SHARD_TIMEOUT = TimeValue.timeValueSeconds(10);

    private static final TimeValue PATIENCE = TimeValue.timeValueSeconds(20);

    private final Client client;
    private final ClusterService clusterService;
    private volatile PluginIndex latest;

    /**
     * @param client acts as the plugin
     */
    public MetricsLog(Client client, ClusterService clusterService) {
        this.client = client;
        this.clusterService = clusterService;
    }

    /** Appends documents, on a thread that may wait; returns whether all are known to be written. */
    public boolean append(List<? extends MetricsDocument> documents) {
        PlainActionFuture<Boolean> appended = new PlainActionFuture<>();
        append(documents, appended);
        try {
            return appended.actionGet(PATIENCE);
        } catch (RuntimeException e) {
            LOGGER.debug("metrics not logged in time", e);
            return false;
        }
    }

    /**
     * Passes an answer on when what there is to say of it has been appended, or could not be.
     *
     * @param documents what there is to say of an answer
     * @param listener who waits for the answer
     */
    public <T> ActionListener<T> thenAnswer(
            Function<T, List<? extends MetricsDocument>> documents, ActionListener<T> listener) {
        return ActionListener.wrap(
                answer -> append(
                        documents.apply(answer),
                        ActionListener.wrap(appended -> listener.onResponse(answer), listener::onFailure)),
                listener::onFailure);
    }

    /** Answers whether all were written; never with a failure. */
    private void append(List<? extends MetricsDocument> documents, ActionListener<Boolean> listener) {
        if (documents.isEmpty()) {
            listener.onResponse(true);
            return;
        }
        ActionListener<Boolean> unharmed = ActionListener.notifyOnce(new ActionListener<>() {
            @Override
            public void onResponse(Boolean complete) {
                listener.onResponse(complete);
            }

            @Override
            public void onFailure(Exception e) {
                LOGGER.debug("metrics not logged", e);
                listener.onResponse(false);
            }
        });
        try {
            Instant now = Instant.now();
            PluginIndex index = index(indexOf(now));
            BulkRequest request = new BulkRequest(index.name()).timeout(SHARD_TIMEOUT);
            for (MetricsDocument document : documents) {
                request.add(new IndexRequest().source(json(document, now)));
            }
            index.ensureExists(ActionListener.wrap(
                    ready -> client.bulk(request, ActionListener.map(unharmed, MetricsLog::isComplete)),
                    unharmed::onFailure));
        } catch (IOException | RuntimeException e) {
            unharmed.onFailure(e);
        }
    }

    private static boolean isComplete(BulkResponse written) {
        if (written.hasFailures()) {
            LOGGER.debug("metrics not logged: {}", written.buildFailureMessage());
        }
        return written.hasFailures() == false;
    }

    /** The index of a moment's month, by universal time. */
    static String indexOf(Instant now) {
        return INDEX.format(now);
    }

    /** The index of a name; its mapping lies beside this class. */
    PluginIndex index(String name) {
        PluginIndex index = latest;
        if (index == null || index.name().equals(name) == false) {
            index = new PluginIndex(name, false, MetricsLog.class, client, clusterService);
            latest = index;
        }
        return index;
    }

    static XContentBuilder json(MetricsDocument document, Instant now) throws IOException {
        XContentBuilder json = XContentFactory.jsonBuilder().startObject();
        json.field("@timestamp", now.toString()).field("kind", document.kind());
        document.writeFields(json);
        return json.endObject();
    }
}
