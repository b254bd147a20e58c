package org.opensearch.ralm.trainer.evaluation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.opensearch.ralm.trainer.data.TimeSplit;
import org.opensearch.ralm.trainer.training.LookalikeOptions;
import org.opensearch.ralm.trainer.training.Progress;
import org.opensearch.ralm.trainer.training.RepresentationOptions;
import org.opensearch.ralm.trainer.training.TrainedModel;
import org.opensearch.ralm.trainer.training.Training;
import org.opensearch.ralm.trainer.training.TrainingOptions;

/**
 * A setting with one random seed, and what has been trained in it so far, so that contenders share it. Not safe for use
 * by several threads.
 */
public final class Experiment {

    private final Setting setting;
    private final TimeSplit split;
    private final TrainingOptions options;
    private final Path checkpoints;
    private final Progress progress;
    private final List<TestBlock> blocks;
    private final Map<RepresentationOptions, Training> trainings = new LinkedHashMap<>();
    private final Map<String, TrainedModel> models = new HashMap<>();
    private Experiment outer;
    private Experiment validation;
    private long trainNanos;

    /**
     * @param split       what is learned from and what is measured
     * @param options     those of the setting with the random seed of this experiment
     * @param checkpoints where trainings are kept to go on from after an interruption; null for nowhere
     */
    Experiment(Setting setting, TimeSplit split, TrainingOptions options, Path checkpoints, Progress progress) {
        this.setting = setting;
        this.split = split;
        this.options = options;
        this.checkpoints = checkpoints;
        this.progress = progress;
        this.blocks = setting.blocks(split);
    }

    /** What is the same for all experiments. */
    public Setting setting() {
        return setting;
    }

    /** How RALM is trained here. */
    public TrainingOptions options() {
        return options;
    }

    /** What is learned from and what is measured. */
    public TimeSplit split() {
        return split;
    }

    /** The test cases. */
    public List<TestBlock> blocks() {
        return blocks;
    }

    /** Where to choose options: knows nothing of this experiment's test cases. Shares phase 1. */
    public Experiment validation() {
        if (validation == null) {
            TimeSplit inner = split.validation(setting.dataset().events());
            validation = new Experiment(setting, inner, options, below("validation"), progress);
            validation.outer = this;
        }
        return validation;
    }

    /** RALM itself. */
    public TrainedModel ralm() {
        return lookalike("ralm", options.lookalike());
    }

    /** A look-alike model on the representation that RALM has; trained once. */
    public TrainedModel lookalike(String name, LookalikeOptions head) {
        return lookalike(name, options.representation(), head);
    }

    /** A look-alike model on another representation; trained once, as is each representation. */
    public TrainedModel lookalike(String name, RepresentationOptions representation, LookalikeOptions head) {
        return models.computeIfAbsent(
                name, absent -> timed(() -> training(representation).lookalike(name, head)));
    }

    /** A representation alone, learned from all clicks before the test cases. */
    public Training upToTest(String name, RepresentationOptions representation) {
        return timed(() -> {
            Training single = training(split.withPhase1UpToTest(), representation, below(name));
            single.representation();
            return single;
        });
    }

    /** The training of a representation and the heads on it; nothing is trained before it is asked for. */
    public Training training(RepresentationOptions representation) {
        return trainings.computeIfAbsent(representation, this::newTraining);
    }

    /** The mean of AUC and GAUC on the test cases; unlike a {@link Measurement} it ranks nothing. */
    public double meanAuc(Scorer scorer) {
        Samples samples = Samples.of(scorer, blocks);
        return (samples.auc() + samples.gauc()) / 2;
    }

    /** A look-alike model that has been trained here. */
    public Optional<TrainedModel> trained(String name) {
        return Optional.ofNullable(models.get(name));
    }

    /** The trainings there have been so far, in their order; not those for choosing options. */
    public Map<RepresentationOptions, Training> trainings() {
        return Collections.unmodifiableMap(trainings);
    }

    /** The prec@10 on the test cases of what each function makes of a scorer's scores; the pool is scored once for all. */
    public double[] precisionAt10(Scorer scorer, List<Rescoring> rescorings) {
        List<PrecisionAtK> reached =
                rescorings.stream().map(rescoring -> new PrecisionAtK(10)).toList();
        List<RankingMetric> metrics = new ArrayList<>();
        for (int i = 0; i < reached.size(); i++) {
            PrecisionAtK precision = reached.get(i);
            Rescoring rescoring = rescorings.get(i);
            metrics.add(ranking -> precision.add(ranking.rescored(rescoring)));
        }
        for (TestBlock block : blocks) {
            new Rankings(block, setting.dataset().history()).measure(scorer, metrics);
        }
        return reached.stream().mapToDouble(PrecisionAtK::mean).toArray();
    }

    /** How long trainings took so far, those for choosing options included. */
    public double trainSeconds() {
        return trainNanos / 1e9 + (validation == null ? 0 : validation.trainSeconds());
    }

    private Training newTraining(RepresentationOptions representation) {
        if (outer != null) {
            return outer.training(representation).withPhase2(split, checkpoints);
        }
        boolean main = representation.equals(options.representation());
        return training(split, representation, main ? checkpoints : below("representation-" + trainings.size()));
    }

    private Training training(TimeSplit span, RepresentationOptions representation, Path directory) {
        return new Training(setting.dataset(), span, options.withRepresentation(representation), directory, progress);
    }

    private Path below(String name) {
        return checkpoints == null ? null : checkpoints.resolve(name);
    }

    private <T> T timed(Supplier<T> trained) {
        long begin = System.nanoTime();
        T result = trained.get();
        trainNanos += System.nanoTime() - begin;
        return result;
    }
}
