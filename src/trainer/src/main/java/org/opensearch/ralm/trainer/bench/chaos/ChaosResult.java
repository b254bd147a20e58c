package org.opensearch.ralm.trainer.bench.chaos;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.opensearch.ralm.trainer.bench.BenchResult;
import org.opensearch.ralm.trainer.bench.Machine;

/** What chaos left. */
public final class ChaosResult implements BenchResult {

    private static final int MOST_SHOWN = 20;

    private final Instant date;
    private final Machine machine;
    private final ChaosOptions options;
    private final Ledger ledger;
    private final List<String> lostClicks;
    private final List<String> lostCandidates;
    private final long uncounted;
    private final long rejectedClicks;
    private final Tally tally;
    private final Faults faults;
    private final ModelChanges changes;
    private final LeakBooks leaks;

    ChaosResult(
            Instant date,
            Machine machine,
            ChaosOptions options,
            Ledger ledger,
            List<String> lostClicks,
            List<String> lostCandidates,
            long uncounted,
            long rejectedClicks,
            Tally tally,
            Faults faults,
            ModelChanges changes,
            LeakBooks leaks) {
        this.date = date;
        this.machine = machine;
        this.options = options;
        this.ledger = ledger;
        this.lostClicks = lostClicks;
        this.lostCandidates = lostCandidates;
        this.uncounted = uncounted;
        this.rejectedClicks = rejectedClicks;
        this.tally = tally;
        this.faults = faults;
        this.changes = changes;
        this.leaks = leaks;
    }

    /** Whether all that was acknowledged is there and counted, and no answer was wrong. */
    @Override
    public boolean isSound() {
        return lost() == 0 && uncounted == 0 && tally.wrongScores() == 0;
    }

    @Override
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("bench", "chaos").put("date", date.toString());
        machine.describe(json.putObject("machine"));
        describeParameters(json.putObject("parameters"));
        json.put("acknowledged", ledger.acknowledged()).put("lost", lost());
        json.put("wrong_scores", tally.wrongScores()).put("failed_queries", tally.of(Outcome.FAILED));
        json.put("kills", faults.kills()).put("out_of_memory_deaths", faults.deaths());
        leaks.describe(json);
        describeWrites(json.putObject("writes"));
        json.put("uncounted", uncounted).put("scores_checked", tally.scores());
        for (Outcome outcome : Outcome.values()) {
            json.put("queries_" + outcome, tally.of(outcome));
        }
        tally.describe(json);
        changes.describe(json.putArray("model_changes"));
        describeFaults(json);
        return json;
    }

    @Override
    public String toText() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%n%s minutes, %d nodes, heap %s, seed %d, %s%n%n",
                options.minutes(),
                ChaosOptions.NODES,
                ChaosOptions.HEAP,
                options.seed(),
                machine.toText()));
        row(text, "acknowledged clicks / candidates", "%,d / %,d", ledger.clicks(), ledger.candidates());
        row(text, "lost, and not counted", "%,d, %,d", lost(), uncounted);
        row(text, "scores checked, and wrong", "%,d, %,d", tally.scores(), tally.wrongScores());
        row(text, "queries answered, and failed", "%,d, %,d", tally.of(Outcome.ANSWERED), tally.of(Outcome.FAILED));
        row(text, "refused, and nothing to ask", "%,d, %,d", tally.of(Outcome.REFUSED), tally.of(Outcome.UNAVAILABLE));
        row(text, "faults, kills, out of memory", "%d, %d, %d", faults.done().size(), faults.kills(), faults.deaths());
        row(
                text,
                "growth of heap, threads, handles",
                "%.1f %%, %.0f, %.0f",
                leaks.heapGrowthPercent(),
                leaks.threadsGrowth(),
                leaks.handlesGrowth());
        return text.toString();
    }

    private int lost() {
        return lostClicks.size() + lostCandidates.size();
    }

    private void describeParameters(ObjectNode json) {
        json.put("minutes", options.minutes()).put("seed", options.seed());
        json.put("nodes", ChaosOptions.NODES).put("heap", ChaosOptions.HEAP);
        json.put("shards", ChaosOptions.SHARDS)
                .put("replicas", ChaosOptions.REPLICAS)
                .put("durability", "request");
        json.put("users", ChaosOptions.USERS).put("candidates_at_first", ChaosOptions.CANDIDATES);
        json.put("dimension", ChaosOptions.DIMENSION).put("k", ChaosOptions.CLUSTERS);
        json.put("refresh_interval", ChaosOptions.REFRESH_INTERVAL);
        json.put("warm_up_s", options.warmUpSeconds()).put("chaos_s", options.chaosSeconds());
        json.put("calm_s", options.calmSeconds());
    }

    private void describeWrites(ObjectNode json) {
        json.put("clicks", ledger.clicks()).put("click_writes", ledger.clickWrites());
        json.put("candidates", ledger.candidates()).put("candidate_writes", ledger.candidateWrites());
        json.put("clicks_rejected_and_sent_again", rejectedClicks);
        json.put("lost_clicks", lostClicks.size()).put("lost_candidates", lostCandidates.size());
        ArrayNode shown = json.putArray("lost_examples");
        lostClicks.stream().limit(MOST_SHOWN).forEach(shown::add);
        lostCandidates.stream().limit(MOST_SHOWN).forEach(shown::add);
    }

    private void describeFaults(ObjectNode json) {
        ObjectNode simulated = json.putObject("simulated");
        Map<FaultKind, Integer> counts = new TreeMap<>();
        for (FaultKind kind : FaultKind.values()) {
            simulated.put(kind.toString(), kind.description());
            counts.put(kind, 0);
        }
        ArrayNode all = json.putArray("faults");
        for (Faults.Done done : faults.done()) {
            counts.merge(done.fault().kind(), 1, Integer::sum);
            ObjectNode fault = all.addObject().put("kind", done.fault().kind().toString());
            fault.put("node", done.fault().node() + 1)
                    .put("seconds", done.fault().seconds());
            fault.put("whole_again_after_s", done.seconds()).put("out_of_memory_deaths", done.deaths());
        }
        ObjectNode counted = json.putObject("faults_by_kind");
        counts.forEach((kind, count) -> counted.put(kind.toString(), count));
        json.putObject("heap_load")
                .put("requests", faults.heap().sent())
                .put("refused", faults.heap().refused());
    }

    private static void row(StringBuilder text, String name, String format, Object... values) {
        text.append(String.format(Locale.ROOT, "%-36s", name))
                .append(String.format(Locale.ROOT, format, values))
                .append(System.lineSeparator());
    }
}
