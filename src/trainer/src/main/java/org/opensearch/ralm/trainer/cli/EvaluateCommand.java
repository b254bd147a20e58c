package org.opensearch.ralm.trainer.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.SeedIndex;
import org.opensearch.ralm.trainer.data.TimeSplit;
import org.opensearch.ralm.trainer.evaluation.LookalikeScorer;
import org.opensearch.ralm.trainer.evaluation.Measurement;
import org.opensearch.ralm.trainer.evaluation.Popularity;
import org.opensearch.ralm.trainer.evaluation.Protocol;
import org.opensearch.ralm.trainer.evaluation.Scorer;
import org.opensearch.ralm.trainer.evaluation.TestBlock;
import org.opensearch.ralm.trainer.training.LookalikeOptions;
import org.opensearch.ralm.trainer.training.Training;
import org.opensearch.ralm.trainer.training.TrainingOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code ralm evaluate}: the comparison of models on clicks that none of them has seen. */
@Command(
        name = "evaluate",
        description = {
            "Trains the models and compares them on the last fifth of the clicks: the first three fifths teach the "
                    + "representation, the next one the look-alike models.",
            "A candidate's seeds are those who clicked it strictly before a block of three days, the negatives of a "
                    + "click are drawn from what others clicked in the same block, so that popularity alone is worth "
                    + "little."
        })
final class EvaluateCommand implements Callable<Integer> {

    /** What can be compared. */
    enum Contender {
        RALM,
        RALM_PAPER,
        RALM_AVERAGE,
        POPULARITY,
        RECENT_POPULARITY;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private static final double PHASE_1 = 0.6;
    private static final double PHASE_2 = 0.2;
    private static final long WEEK = 7 * 86_400;
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataArguments data;

    @Mixin
    private TrainingArguments training;

    @Option(
            names = "--models",
            paramLabel = "A,B",
            split = ",",
            converter = ContenderConverter.class,
            defaultValue = "ralm,ralm-paper,ralm-average,popularity,recent-popularity",
            description = "What to compare, of ralm, ralm-paper, ralm-average, popularity and recent-popularity, the "
                    + "clicks of the last seven days (default: all).")
    private List<Contender> contenders;

    @Option(
            names = "--checkpoint",
            paramLabel = "DIR",
            description = "Keep the trained state there, and go on from it after an interruption.")
    private Path checkpoint;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the table as JSON, too.")
    private Path json;

    @Override
    public Integer call() throws IOException {
        TrainingOptions options = training.options();
        if (json != null) {
            Files.createDirectories(json.toAbsolutePath().getParent());
        }
        Dataset dataset = data.load();
        TimeSplit split = TimeSplit.of(dataset.events(), PHASE_1, PHASE_2);
        SeedIndex seeds = SeedIndex.of(dataset.events(), dataset.items().size());
        List<TestBlock> blocks = Protocol.standard()
                .withMinSeeds(options.lookalike().minSeeds())
                .requiredTestBlocks(dataset, seeds, split);
        Training run = new Training(
                dataset,
                split,
                options,
                checkpoint,
                new ConsoleProgress(spec.commandLine().getErr()));
        List<Measurement> measurements = new ArrayList<>();
        double trainSeconds = 0;
        for (Contender contender : contenders) {
            long begin = System.nanoTime();
            Scorer scorer = scorer(contender, run, options, seeds, dataset);
            trainSeconds += (System.nanoTime() - begin) / 1e9;
            measurements.add(Measurement.of(scorer, blocks, dataset.history()));
        }
        print(dataset, blocks, measurements);
        if (json != null) {
            Files.write(json, JSON.writeValueAsBytes(toJson(dataset, measurements, trainSeconds)));
        }
        return 0;
    }

    /** Trains what the scorer needs. */
    private Scorer scorer(
            Contender contender, Training run, TrainingOptions options, SeedIndex seeds, Dataset dataset) {
        return switch (contender) {
            case RALM -> lookalike(contender, run, options.lookalike(), seeds, dataset);
            case RALM_PAPER -> lookalike(contender, run, training.paperHead(options), seeds, dataset);
            case RALM_AVERAGE -> lookalike(contender, run, options.lookalike().average(), seeds, dataset);
            case POPULARITY -> new Popularity(seeds, Popularity.ALL_TIME);
            case RECENT_POPULARITY -> new Popularity(seeds, WEEK);
        };
    }

    private static Scorer lookalike(
            Contender contender, Training run, LookalikeOptions options, SeedIndex seeds, Dataset dataset) {
        return new LookalikeScorer(run.lookalike(contender.toString(), options), seeds, dataset);
    }

    private void print(Dataset dataset, List<TestBlock> blocks, List<Measurement> measurements) {
        PrintWriter out = spec.commandLine().getOut();
        int cases = blocks.stream().mapToInt(TestBlock::cases).sum();
        out.printf(Locale.ROOT, "%n%s: %,d test clicks in %d blocks%n%n", dataset.name(), cases, blocks.size());
        out.printf(Locale.ROOT, "%-18s %8s %8s %8s %8s%n", "", "AUC", "GAUC", "prec@10", "prec@50");
        for (int i = 0; i < measurements.size(); i++) {
            Measurement measured = measurements.get(i);
            out.printf(
                    Locale.ROOT,
                    "%-18s %8.4f %8.4f %8.4f %8.4f%n",
                    contenders.get(i),
                    measured.auc(),
                    measured.gauc(),
                    measured.precisionAt10(),
                    measured.precisionAt50());
        }
        out.flush();
    }

    private ObjectNode toJson(Dataset dataset, List<Measurement> measurements, double trainSeconds) {
        ObjectNode root = JSON.createObjectNode().put("data", dataset.name());
        var rows = root.putArray("rows");
        for (int i = 0; i < measurements.size(); i++) {
            Measurement measured = measurements.get(i);
            rows.addObject()
                    .put("model", contenders.get(i).toString())
                    .put("auc", measured.auc())
                    .put("gauc", measured.gauc())
                    .put("prec_at_10", measured.precisionAt10())
                    .put("prec_at_50", measured.precisionAt50());
        }
        return root.put("train_seconds", trainSeconds);
    }

    /** Reads the names that {@link Contender#toString} writes. */
    static final class ContenderConverter implements ITypeConverter<Contender> {
        @Override
        public Contender convert(String name) {
            for (Contender contender : Contender.values()) {
                if (contender.toString().equals(name)) {
                    return contender;
                }
            }
            throw new TypeConversionException("'" + name + "' is none of " + List.of(Contender.values()));
        }
    }
}
