package org.opensearch.ralm.trainer.bench.score;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.opensearch.ralm.trainer.bench.BenchResult;
import org.opensearch.ralm.trainer.bench.Machine;
import org.opensearch.ralm.trainer.bench.SearchesUnderLoad;

/**
 * What the scoring bench measured.
 *
 * @param date when it ended
 * @param machine where it ran
 * @param heap the server's heap, as the JVM option says it
 * @param options what was asked for
 * @param tables one for each number of candidates
 * @param live searches of a feed that is clicked; empty if left out
 */
public record ScoreResult(
        Instant date,
        Machine machine,
        String heap,
        ScoreOptions options,
        List<ScoreTable> tables,
        Optional<SearchesUnderLoad> live)
        implements BenchResult {

    /** The figures of the first number of candidates, then those of all. */
    @Override
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("bench", "score").put("date", date.toString());
        machine.describe(json.putObject("machine"));
        json.putObject("parameters")
                .put("nodes", 1)
                .put("heap", heap)
                .put("shards", 1)
                .put("segments", 1)
                .put("concurrent_segment_search", "none")
                .put("dimension", options.dimension())
                .put("k", options.clusters())
                .put("hits", Contender.TOP)
                .put("time", "at the client, from sending the request to having read the answer");
        tables.getFirst().describe(json);
        ArrayNode all = json.putArray("tables");
        tables.forEach(table -> table.describe(all.addObject()));
        if (tables.size() > 1) {
            describeGrowth(json.putObject("us_per_doc_last_to_first"));
        }
        live.ifPresent(searches -> searches.describe(json.putObject("live")));
        return json;
    }

    @Override
    public String toText() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%nK %d, width %d, one node, heap %s, one shard, one segment, one thread a search, %s%n",
                options.clusters(),
                options.dimension(),
                heap,
                machine.toText()));
        tables.forEach(table -> text.append(System.lineSeparator()).append(table.toText()));
        live.ifPresent(searches -> text.append(System.lineSeparator()).append(searches.toText()));
        return text.toString();
    }

    private void describeGrowth(ObjectNode json) {
        ScoreTable first = tables.getFirst();
        ScoreTable last = tables.getLast();
        for (Timing timing : last.timings()) {
            json.put(timing.contender(), timing.microsPerDocument() / first.microsPerDocument(timing.contender()));
        }
    }
}
