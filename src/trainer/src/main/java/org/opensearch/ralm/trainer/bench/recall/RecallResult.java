package org.opensearch.ralm.trainer.bench.recall;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.opensearch.ralm.trainer.bench.BenchResult;
import org.opensearch.ralm.trainer.bench.Machine;

/**
 * What the recall bench measured.
 *
 * @param date when it ended
 * @param machine where it ran
 * @param candidates how many there are
 * @param searches of each kind
 * @param segments of the index
 * @param exhaustive every candidate scored
 * @param rows in the order of k
 */
public record RecallResult(
        Instant date,
        Machine machine,
        int candidates,
        int searches,
        int segments,
        RecallRow exhaustive,
        List<RecallRow> rows)
        implements BenchResult {

    private static final double WANTED = 0.99;

    /** The figures of the least k that finds 99 of 100, then those of all. */
    @Override
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("bench", "recall").put("date", date.toString());
        machine.describe(json.putObject("machine"));
        json.put("candidates", candidates).put("searches", searches).put("segments", segments);
        enough().ifPresent(row -> row.describe(json, candidates));
        exhaustive.describe(json.putObject("exhaustive"), candidates);
        ArrayNode all = json.putArray("rows");
        rows.forEach(row -> row.describe(all.addObject(), candidates));
        return json;
    }

    @Override
    public String toText() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%n%,d candidates, %d segments, %d searches each, %s%n%n%10s %10s %12s %10s %10s%n",
                candidates,
                segments,
                searches,
                machine.toText(),
                "k",
                "scored",
                "overlap@50",
                "p50 ms",
                "p99 ms"));
        rows.forEach(row -> line(text, String.format(Locale.ROOT, "%,d", row.k()), row));
        line(text, "all", exhaustive);
        enough().ifPresent(row -> text.append(String.format(
                Locale.ROOT,
                "k = %,d finds %.2f %% of the best 50 by scoring %.1f %% of the candidates%n",
                row.k(),
                100 * row.overlap(),
                100 * row.scored() / candidates)));
        return text.toString();
    }

    private Optional<RecallRow> enough() {
        return rows.stream().filter(row -> row.overlap() >= WANTED).findFirst();
    }

    private void line(StringBuilder text, String k, RecallRow row) {
        text.append(String.format(
                Locale.ROOT,
                "%10s %9.2f%% %12.4f %10.2f %10.2f%n",
                k,
                100 * row.scored() / candidates,
                row.overlap(),
                row.millis().at(0.5),
                row.millis().at(0.99)));
    }
}
