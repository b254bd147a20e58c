package org.opensearch.ralm.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs a set of benchmarks, in rounds, each in a process of its own a round, so that what else the machine does meets
 * all of them alike; of each the best time and the mean of its counters of all rounds count. Arguments: the set,
 * {@code clustering} or {@code scoring}, and the path of the JSON file to write.
 */
public final class Benchmarks {

    private static final int ROUNDS = 3;

    private static final Map<String, String> SETS =
            Map.of("clustering", "KMeansBenchmark|RefreshBenchmark", "scoring", "ScoringBenchmark");

    private final Map<String, Measured> measured = new TreeMap<>();
    private final String benchmarks;

    private Benchmarks(String benchmarks) {
        this.benchmarks = benchmarks;
    }

    public static void main(String[] arguments) throws IOException, RunnerException {
        Benchmarks benchmarks = new Benchmarks(SETS.get(arguments[0]));
        ObjectNode report = machine();
        ArrayNode loads = report.putArray("load_average_by_round");
        for (int round = 0; round < ROUNDS; round++) {
            loads.add(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
            benchmarks.round();
        }
        benchmarks.measured.forEach(
                (name, result) -> report.withObject("/results").set(name, result.json()));
        new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .writeValue(Path.of(arguments[1]).toFile(), report);
    }

    private void round() throws RunnerException {
        Options options = new OptionsBuilder()
                .include(benchmarks)
                .forks(1)
                .shouldDoGC(true)
                .build();
        for (RunResult run : new Runner(options).run()) {
            for (BenchmarkResult fork : run.getBenchmarkResults()) {
                for (IterationResult iteration : fork.getIterationResults()) {
                    measured.computeIfAbsent(name(run), name -> new Measured())
                            .add(iteration);
                }
            }
        }
    }

    private static String name(RunResult run) {
        String benchmark = run.getParams().getBenchmark();
        Stream<String> parameters = run.getParams().getParamsKeys().stream()
                .sorted()
                .map(run.getParams()::getParam);
        return Stream.concat(Stream.of(benchmark.substring(benchmark.lastIndexOf('.') + 1)), parameters)
                .reduce((name, parameter) -> parameter + "/" + name)
                .orElseThrow();
    }

    private static ObjectNode machine() throws IOException {
        try (Stream<String> cpu = Files.lines(Path.of("/proc/cpuinfo"))) {
            String model = cpu.filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 2))
                    .orElse("unknown");
            return new ObjectMapper()
                    .createObjectNode()
                    .put("date", LocalDate.now().toString())
                    .put("processor", model)
                    .put("cores", Runtime.getRuntime().availableProcessors())
                    .put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
        }
    }

    /** What all rounds found of one benchmark. */
    private static final class Measured {

        private final List<Double> times = new ArrayList<>();
        private final Map<String, List<Double>> counters = new TreeMap<>();
        private String unit;

        void add(IterationResult iteration) {
            times.add(iteration.getPrimaryResult().getScore());
            unit = iteration.getPrimaryResult().getScoreUnit();
            iteration.getSecondaryResults().forEach((name, result) -> counters.computeIfAbsent(
                            name, unused -> new ArrayList<>())
                    .add(result.getScore()));
        }

        ObjectNode json() {
            ObjectNode json = new ObjectMapper()
                    .createObjectNode()
                    .put("best", Collections.min(times))
                    .put("unit", unit)
                    .put("iterations", times.size());
            if (counters.containsKey("cpu")) {
                json.put("best_cpu_" + unit.substring(0, unit.indexOf('/')), Collections.min(counters.get("cpu")));
            }
            if (counters.containsKey("inertia")) {
                json.put("mean_inertia", mean(counters.get("inertia")));
            }
            return json;
        }

        private static double mean(List<Double> values) {
            return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        }
    }
}
