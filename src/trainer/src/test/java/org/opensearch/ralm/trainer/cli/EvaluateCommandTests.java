package org.opensearch.ralm.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opensearch.ralm.trainer.baseline.Contenders;
import org.opensearch.ralm.trainer.evaluation.Contender;

class EvaluateCommandTests {

    @TempDir
    private Path directory;

    @Test
    void allModelsAreComparedInTextAndJson() throws IOException {
        Path file = directory.resolve("reports").resolve("table.json");
        CommandRun run = CommandRun.of(CommandRun.tiny("evaluate", "--json=" + file));
        assertEquals(0, run.code(), run.err());
        JsonNode table = read(file);
        List<String> expected = new ArrayList<>(
                new Contenders(20, 4).all().stream().map(Contender::name).toList());
        expected.add("ceiling");
        assertEquals(expected, models(table));
        for (JsonNode row : table.get("rows")) {
            for (String metric : List.of("auc", "gauc", "prec_at_10", "prec_at_50", "gini", "long_tail_share")) {
                double value = row.get(metric).doubleValue();
                assertTrue(row.get(metric).isDouble() && value >= 0 && value <= 1, row.toString());
            }
            assertTrue(run.out().contains(row.get("model").textValue() + " "), run.out());
        }
        assertTrue(table.get("train_seconds").doubleValue() > 0, table.toString());
        assertTrue(table.get("peak_memory_mb").doubleValue() > 50, table.toString());
        assertTrue(table.at("/samples_per_second/representation").doubleValue() > 0, table.toString());
        assertTrue(table.at("/samples_per_second/lookalike").doubleValue() > 0, table.toString());
        assertTrue(table.get("data").textValue().startsWith("synthetic"), table.toString());
    }

    @Test
    void chosenModelsAreComparedInTheirOrderWithoutTrainingOthers() throws IOException {
        Path file = directory.resolve("table.json");
        CommandRun run =
                CommandRun.of(CommandRun.tiny("evaluate", "--models=recent-popularity,popularity", "--json=" + file));
        assertEquals(0, run.code(), run.err());
        assertEquals(List.of("recent-popularity", "popularity"), models(read(file)));
        assertEquals("", run.err());
    }

    @Test
    void aSweepTrainsOtherNumbersOfClustersAndAReportShowsThem() throws IOException {
        Path report = directory.resolve("report");
        CommandRun run =
                CommandRun.of(CommandRun.tiny("evaluate", "--models=popularity", "--sweep", "--report=" + report));
        assertEquals(0, run.code(), run.err());
        JsonNode sweep = read(report.resolve("report.json")).get("cluster_sweep");
        assertEquals(
                List.of(1, 5, 10, 20, 50, 100),
                StreamSupport.stream(sweep.spliterator(), false)
                        .map(point -> point.get("clusters").intValue())
                        .toList());
        assertTrue(sweep.get(0).get("gauc").doubleValue() > 0, sweep.toString());
        assertTrue(run.out().contains("K = 100"), run.out());
        assertTrue(Files.size(report.resolve("report.html")) > 1_000);
    }

    @Test
    void severalRandomSeedsGiveMeanAndDeviation() throws IOException {
        Path file = directory.resolve("table.json");
        CommandRun run =
                CommandRun.of(CommandRun.tiny("evaluate", "--models=random,popularity", "--seeds=3", "--json=" + file));
        assertEquals(0, run.code(), run.err());
        JsonNode random = read(file).get("rows").get(0);
        assertEquals(3, random.get("seeds").intValue());
        assertTrue(random.at("/sd/auc").doubleValue() > 0, random.toString());
        JsonNode popularity = read(file).get("rows").get(1);
        assertEquals(1, popularity.get("seeds").intValue(), "needs no chance");
        assertTrue(popularity.get("sd").isEmpty(), popularity.toString());
        assertTrue(run.out().contains("± of 3 seeds"), run.out());
    }

    @Test
    void validationLooksAtOtherClicksThanTheTest() throws IOException {
        Path test = directory.resolve("test.json");
        Path validation = directory.resolve("validation.json");
        CommandRun.of(CommandRun.tiny("evaluate", "--models=popularity", "--json=" + test));
        CommandRun run = CommandRun.of(
                CommandRun.tiny("evaluate", "--models=popularity", "--on=validation", "--json=" + validation));
        assertEquals(0, run.code(), run.err());
        assertTrue(read(validation).get("cases").intValue()
                < read(test).get("cases").intValue());
    }

    @Test
    void fewerTestUsersAreFewerCases() throws IOException {
        Path all = directory.resolve("all.json");
        Path few = directory.resolve("few.json");
        CommandRun.of(CommandRun.tiny("evaluate", "--models=popularity", "--json=" + all));
        CommandRun run =
                CommandRun.of(CommandRun.tiny("evaluate", "--models=popularity", "--test-users=5", "--json=" + few));
        assertTrue(run.out().contains("of 5 users of a block at most, drawn at random"), run.out());
        assertTrue(read(few).get("cases").intValue() < read(all).get("cases").intValue());
    }

    @Test
    void anEvaluationGoesOnFromItsCheckpoint() throws IOException {
        Path first = directory.resolve("first.json");
        Path second = directory.resolve("second.json");
        String checkpoint = "--checkpoint=" + directory.resolve("checkpoint");
        CommandRun run = CommandRun.of(CommandRun.tiny("evaluate", "--models=ralm", checkpoint, "--json=" + first));
        assertTrue(run.err().contains("ralm, epoch 1 "), run.err());
        CommandRun again = CommandRun.of(CommandRun.tiny("evaluate", "--models=ralm", checkpoint, "--json=" + second));
        assertEquals("", again.err());
        assertEquals(read(first).get("rows"), read(second).get("rows"));
    }

    @Test
    void aReportShowsHowRalmLearnsWhatItLooksAtAndWhatItsScoresMean() throws IOException {
        CommandRun run =
                CommandRun.of(CommandRun.tiny("evaluate", "--models=ralm,concat-ralm", "--report=" + directory));

        assertEquals(0, run.code(), run.err());
        JsonNode report = read(directory.resolve("report.json"));
        assertEquals(
                Set.of(
                        "attention merge representation",
                        "concatenation representation",
                        "attention merge lookalike",
                        "concatenation lookalike"),
                StreamSupport.stream(report.get("curves").spliterator(), false)
                        .map(curve -> curve.get("model").textValue() + " "
                                + curve.get("phase").textValue())
                        .collect(Collectors.toSet()));
        assertEquals(6, report.get("cluster_sweep").size());
        assertEquals(10, report.get("calibration").size());
        double clicks = StreamSupport.stream(report.get("scores").spliterator(), false)
                .mapToDouble(bin -> bin.get("clicks").doubleValue())
                .sum();
        assertEquals(1, clicks, 1e-9);
        double weights = StreamSupport.stream(report.get("fields").spliterator(), false)
                .mapToDouble(field ->
                        field.get("weight").doubleValue() * field.get("present").doubleValue())
                .sum();
        assertEquals(1, weights, 1e-9);
        assertTrue(Files.readString(directory.resolve("report.html")).contains("Loss, look-alike phase"));
    }

    @Test
    void aReportWithoutRalmHasItsTableAlone() throws IOException {
        CommandRun run = CommandRun.of(
                CommandRun.tiny("evaluate", "--models=popularity", "--no-sweep", "--report=" + directory));

        assertEquals(0, run.code(), run.err());
        JsonNode report = read(directory.resolve("report.json"));
        assertEquals(1, report.get("rows").size());
        assertEquals(0, report.get("curves").size());
        assertEquals(0, report.get("cluster_sweep").size());
    }

    private static List<String> models(JsonNode table) {
        return StreamSupport.stream(table.get("rows").spliterator(), false)
                .map(row -> row.get("model").textValue())
                .toList();
    }

    private static JsonNode read(Path file) throws IOException {
        return JsonMapper.builder().build().readTree(Files.readAllBytes(file));
    }
}
