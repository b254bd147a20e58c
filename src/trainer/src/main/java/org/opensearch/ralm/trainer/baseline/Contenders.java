package org.opensearch.ralm.trainer.baseline;

import java.util.List;
import java.util.function.Function;
import org.opensearch.ralm.trainer.content.ContentScorer;
import org.opensearch.ralm.trainer.evaluation.Contender;
import org.opensearch.ralm.trainer.evaluation.Experiment;
import org.opensearch.ralm.trainer.evaluation.LookalikeScorer;
import org.opensearch.ralm.trainer.evaluation.Scorer;
import org.opensearch.ralm.trainer.evaluation.Setting;
import org.opensearch.ralm.trainer.training.LookalikeOptions;
import org.opensearch.ralm.trainer.training.TrainedModel;

/** All that can be compared, by name. */
public final class Contenders {

    private static final long HOUR = 3_600;
    private static final long WEEK = 7 * 24 * HOUR;

    private final List<Contender> all;

    /**
     * @param bands of the MinHash stage
     * @param rows  of a band
     */
    public Contenders(int bands, int rows) {
        this.all = List.of(
                lookalike("ralm", experiment -> experiment.options().lookalike()),
                lookalike("ralm-paper", experiment -> experiment.setting().paperHead()),
                lookalike(
                        "ralm-average",
                        experiment -> experiment.options().lookalike().average()),
                new Named("ralm-content", true, Contenders::content),
                new Named("lr", true, Contenders::logisticRegression),
                yahoo("yahoo", YahooLookalike.Variant.HALF_OF_SEEDS),
                yahoo("yahoo-pq", YahooLookalike.Variant.MORE_THAN_ALL),
                yahoo("yahoo-pq-normalized", YahooLookalike.Variant.MORE_THAN_ALL_NORMALIZED),
                new Named("yahoo-minhash", true, experiment -> minHash(experiment, bands, rows)),
                popularity("popularity", Popularity.ALL_TIME),
                popularity("recent-popularity", WEEK),
                popularity("hour-popularity", HOUR),
                new Named(
                        "random",
                        true,
                        experiment -> new RandomScorer(experiment.options().seed())));
    }

    /** All of them, in the order of tables. */
    public List<Contender> all() {
        return all;
    }

    private static Contender lookalike(String name, Function<Experiment, LookalikeOptions> head) {
        return new Named(
                name, true, experiment -> scorer(experiment.lookalike(name, head.apply(experiment)), experiment));
    }

    private static Scorer scorer(TrainedModel model, Experiment experiment) {
        Setting setting = experiment.setting();
        return new LookalikeScorer(model, setting.seeds(), setting.dataset());
    }

    /** The pseudo-seeds by which candidates without seeds are served, here for all. */
    private static Scorer content(Experiment experiment) {
        Setting setting = experiment.setting();
        return ContentScorer.train(
                setting.dataset(),
                setting.seeds(),
                experiment.ralm(),
                experiment.split().test());
    }

    /** The strength is chosen by the mean of AUC and GAUC. */
    private static Scorer logisticRegression(Experiment experiment) {
        double strength = Chosen.best(
                experiment.validation(),
                LogisticRegression.STRENGTHS,
                value -> logisticRegression(experiment, value),
                measured -> measured.auc() + measured.gauc());
        return new Chosen(logisticRegression(experiment, strength), "L2", strength);
    }

    private static Scorer logisticRegression(Experiment experiment, double strength) {
        Setting setting = experiment.setting();
        return new LinearScorer(
                new LogisticRegression(
                        setting.dataset(),
                        setting.seeds(),
                        experiment.options().lookalike().maxSeeds(),
                        strength,
                        experiment.options().seed()),
                setting.seeds().items());
    }

    private static Contender popularity(String name, long window) {
        return new Named(
                name, false, experiment -> new Popularity(experiment.setting().seeds(), window));
    }

    private static Contender yahoo(String name, YahooLookalike.Variant variant) {
        return new Named(name, false, experiment -> yahoo(experiment, variant));
    }

    private static Scorer yahoo(Experiment experiment, YahooLookalike.Variant variant) {
        Setting setting = experiment.setting();
        return new LinearScorer(
                new YahooLookalike(
                        setting.dataset(),
                        setting.seeds(),
                        experiment.options().lookalike().maxSeeds(),
                        variant),
                setting.seeds().items());
    }

    private static Scorer minHash(Experiment experiment, int bands, int rows) {
        Setting setting = experiment.setting();
        return new MinHashStage(
                yahoo(experiment, YahooLookalike.Variant.MORE_THAN_ALL),
                new MinHash(bands, rows, experiment.options().seed()),
                setting.dataset(),
                setting.seeds(),
                experiment.options().lookalike().maxSeeds());
    }

    /** A contender of one line. */
    private record Named(String name, boolean usesChance, Function<Experiment, Scorer> maker) implements Contender {
        @Override
        public Scorer scorer(Experiment experiment) {
            return maker.apply(experiment);
        }
    }
}
