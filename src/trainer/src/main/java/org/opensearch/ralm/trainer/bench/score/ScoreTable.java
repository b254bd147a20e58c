package org.opensearch.ralm.trainer.bench.score;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/**
 * What was measured at one number of candidates.
 *
 * @param candidates how many
 * @param timings of all contenders
 * @param float32 what a second thread makes of our query in float32
 * @param int8 the same in int8
 * @param throughput of our query in float32
 */
record ScoreTable(int candidates, List<Timing> timings, Concurrency float32, Concurrency int8, Throughput throughput) {

    double microsPerDocument(String contender) {
        return timing(contender).microsPerDocument();
    }

    /** How many times as long a document takes one contender as another. */
    double ratio(String contender, String other) {
        return microsPerDocument(contender) / microsPerDocument(other);
    }

    void describe(ObjectNode json) {
        json.put("candidates", candidates);
        ObjectNode micros = json.putObject("us_per_doc");
        ObjectNode least = json.putObject("least_ms");
        ObjectNode p50 = json.putObject("p50_ms");
        ObjectNode p99 = json.putObject("p99_ms");
        ObjectNode documents = json.putObject("documents");
        ObjectNode searches = json.putObject("searches");
        for (Timing timing : timings) {
            micros.put(timing.contender(), timing.microsPerDocument());
            least.put(timing.contender(), timing.least());
            p50.put(timing.contender(), timing.p50());
            p99.put(timing.contender(), timing.p99());
            documents.put(timing.contender(), timing.documents());
            searches.put(timing.contender(), timing.millis().size());
        }
        json.put("float32_to_knn_score", ratio(Contenders.FLOAT32, Contenders.KNN_SCORE));
        json.put("int8_to_knn_score", ratio(Contenders.INT8, Contenders.KNN_SCORE));
        json.put("painless_to_float32", ratio(Contenders.PAINLESS, Contenders.FLOAT32));
        json.put("late_interaction_to_float32", ratio(Contenders.LATE_INTERACTION, Contenders.FLOAT32));
        json.put("script_to_float32", ratio(Contenders.SCRIPT, Contenders.FLOAT32));
        float32.describe(json.putObject("concurrent"));
        int8.describe(json.putObject("concurrent_int8"));
        throughput.describe(json.putObject("throughput"));
    }

    String toText() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%,d candidates%n%-22s %10s %10s %10s %10s %9s%n",
                candidates,
                "",
                "p50 ms",
                "p99 ms",
                "us/doc",
                "documents",
                "searches"));
        for (Timing timing : timings) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-22s %10.2f %10.2f %10.3f %,10d %,9d%n",
                    timing.contender(),
                    timing.p50(),
                    timing.p99(),
                    timing.microsPerDocument(),
                    timing.documents(),
                    timing.millis().size()));
        }
        return text.append(String.format(
                        Locale.ROOT,
                        "float32 %.2f and int8 %.2f times knn_score; painless %.1f and late interaction %.0f times float32%n"
                                + "two threads on %d segments %.2f times as fast as one in float32, %.2f in int8%n"
                                + "%d clients: %.0f searches/s, p99 %.1f ms, %.1f %% of the time in garbage collection%n",
                        ratio(Contenders.FLOAT32, Contenders.KNN_SCORE),
                        ratio(Contenders.INT8, Contenders.KNN_SCORE),
                        ratio(Contenders.PAINLESS, Contenders.FLOAT32),
                        ratio(Contenders.LATE_INTERACTION, Contenders.FLOAT32),
                        float32.segments(),
                        float32.speedup(),
                        int8.speedup(),
                        throughput.clients(),
                        throughput.searchesPerSecond(),
                        throughput.millis().at(0.99),
                        100 * throughput.gcShare()))
                .toString();
    }

    private Timing timing(String contender) {
        return timings.stream()
                .filter(timing -> timing.contender().equals(contender))
                .findFirst()
                .orElseThrow();
    }
}
