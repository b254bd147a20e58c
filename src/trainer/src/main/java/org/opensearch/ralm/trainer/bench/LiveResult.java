package org.opensearch.ralm.trainer.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Locale;

/**
 * What the live bench measured.
 *
 * @param date when it ended
 * @param machine where it ran
 * @param options the load that was asked for
 * @param heap the server's heap, as the JVM option says it
 * @param kMeans our k-means beside a library's
 * @param ingest what the ingest processor costs
 * @param load what the clicks met with
 * @param peakResidentMegabytes the most memory the server process has had
 */
public record LiveResult(
        Instant date,
        Machine machine,
        LiveOptions options,
        String heap,
        KMeansRatio kMeans,
        IngestRatio ingest,
        Load load,
        double peakResidentMegabytes)
        implements BenchResult {

    @Override
    public JsonNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("bench", "live").put("date", date.toString());
        machine.describe(json.putObject("machine"));
        describeParameters(json.putObject("parameters"));
        load.describe(json);
        ingest.describe(json);
        kMeans.describe(json);
        return json.put("peak_memory_mb", peakResidentMegabytes);
    }

    private void describeParameters(ObjectNode json) {
        json.put("nodes", 1).put("heap", heap);
        json.put("seconds", options.seconds()).put("rate", options.rate());
        json.put("candidates", options.candidates()).put("users", options.users());
        json.put("dimension", BenchModel.DIMENSION).put("k", BenchModel.CLUSTERS);
        json.put("refresh_interval", BenchFeed.REFRESH_INTERVAL);
        json.put("recluster_interval", BenchFeed.RECLUSTER_INTERVAL);
    }

    @Override
    public String toText() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%n%,d clicks a second for %d s on %,d candidates, one node, heap %s, %s%n%n",
                options.rate(),
                options.seconds(),
                options.candidates(),
                heap,
                machine.toText()));
        row(text, "rate reached", "%,.0f clicks/s", load.rate());
        row(text, "acknowledged", "%,d", load.acknowledged());
        row(text, "lost", "%,d", load.lost());
        row(text, "rejected and sent again", "%,d", load.rejected());
        row(
                text,
                "due to acknowledged, p50 / p99",
                "%.2f / %.2f s",
                load.delays().at(0.5),
                load.delays().at(0.99));
        row(
                text,
                "acknowledged to counted, p50 / p99",
                "%.1f / %.1f s",
                load.staleness().at(0.5),
                load.staleness().at(0.99));
        Backlog backlog = load.backlog();
        row(
                text,
                "backlog: start, middle, end",
                "%,.0f, %,.0f, %,.0f",
                backlog.start(),
                backlog.middle(),
                backlog.end());
        row(text, "all counted after the last click", "%.1f s", load.drainSeconds());
        row(text, "cores used: refresh / server", "%.2f / %.2f", load.refreshCores(), load.serverCores());
        row(text, "ingest with / without processor", "%.2f", ingest.median());
        row(text, "k-means: time / library's, inertia", "%.2f, %.3f", kMeans.time(), kMeans.inertia());
        row(text, "memory: process / heap", "%,.0f / %,.0f MB", peakResidentMegabytes, load.heapMegabytes());
        return text.toString();
    }

    private static void row(StringBuilder text, String name, String format, Object... values) {
        text.append(String.format(Locale.ROOT, "%-36s " + format + "%n", prepend(name, values)));
    }

    private static Object[] prepend(String name, Object[] values) {
        Object[] all = new Object[values.length + 1];
        all[0] = name;
        System.arraycopy(values, 0, all, 1, values.length);
        return all;
    }
}
