package org.opensearch.ralm.trainer.evaluation;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.opensearch.ralm.trainer.data.Attribute;
import org.opensearch.ralm.trainer.data.TimeSplit;
import org.opensearch.ralm.trainer.training.Progress;
import org.opensearch.ralm.trainer.training.TrainingOptions;

/**
 * Measures contenders on the same test cases, with one random seed after the other. Not safe for use by several threads.
 */
public final class Comparison {

    private final Setting setting;
    private final TimeSplit split;
    private final Optional<Attribute> category;
    private final Optional<Attribute> tags;
    private final Path checkpoints;
    private final Progress progress;
    private final Experiment first;
    private double trainSeconds;

    /**
     * @param split       what is learned from and what is measured
     * @param category    by which diversity is counted, empty for none
     * @param tags        the same
     * @param checkpoints where trainings are kept to go on from after an interruption; null for nowhere
     * @throws IllegalArgumentException if there is nothing to measure by
     */
    public Comparison(
            Setting setting,
            TimeSplit split,
            Optional<Attribute> category,
            Optional<Attribute> tags,
            Path checkpoints,
            Progress progress) {
        this.setting = setting;
        this.split = split;
        this.category = category;
        this.tags = tags;
        this.checkpoints = checkpoints;
        this.progress = progress;
        this.first = experiment(0);
    }

    /** The experiment with the first random seed. */
    public Experiment first() {
        return first;
    }

    /** How long all trainings took. */
    public double trainSeconds() {
        return trainSeconds;
    }

    /**
     * Measures contenders.
     *
     * @param randomSeeds with how many random seeds, 1 or more
     * @return a result for each, in their order
     */
    public List<Result> run(List<? extends Contender> contenders, int randomSeeds) {
        List<Result> results = contenders.stream()
                .map(contender -> new Result(contender.name()))
                .toList();
        for (int run = 0; run < randomSeeds; run++) {
            Experiment experiment = run == 0 ? first : experiment(run);
            double before = experiment.trainSeconds();
            for (int i = 0; i < results.size(); i++) {
                if (run == 0 || contenders.get(i).usesChance()) {
                    measure(contenders.get(i), experiment, results.get(i));
                }
            }
            trainSeconds += experiment.trainSeconds() - before;
        }
        return results;
    }

    private void measure(Contender contender, Experiment experiment, Result result) {
        Scorer scorer = contender.scorer(experiment);
        Exposures exposures = new Exposures(setting.seeds(), category, tags);
        long begin = experiment.blocks().get(0).block().start();
        Measurement measurement = Measurement.of(
                scorer,
                experiment.blocks(),
                setting.dataset().history(),
                item -> setting.seeds().seedCount(item, begin) > 0,
                List.of(exposures));
        result.add(new Metric.Observation(measurement, exposures));
        scorer.remark().ifPresent(result::remark);
    }

    private Experiment experiment(int run) {
        TrainingOptions options = setting.options();
        TrainingOptions seeded = options.withSeed(options.seed() + run);
        Path directory = checkpoints == null || run == 0 ? checkpoints : checkpoints.resolve("seed-" + seeded.seed());
        return new Experiment(setting, split, seeded, directory, progress);
    }
}
