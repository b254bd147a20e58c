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

/** All that can be compared, by name. */
public final class Contenders {

    /** The one that needs attributes of items. */
    public static final String CONTENT = "ralm-content";

    private static final long HOUR = 3_600;

    private final List<Contender> all;

    /**
     * @param bands of the MinHash stage
     * @param rows  of a band
     */
    public Contenders(int bands, int rows) {
        this.all = List.of(
                lookalike("ralm", options -> options),
                new Named("ralm-paper", true, Contenders::paper),
                lookalike("ralm-average", LookalikeOptions::average),
                lookalike("ralm-global", LookalikeOptions::globalOnly),
                lookalike("ralm-local", LookalikeOptions::localOnly),
                new Named(CONTENT, true, Contenders::content),
                new Named("concat-ralm", true, Contenders::concatenated),
                new Named("youtube-dnn", true, YoutubeDnn::of),
                new Named("lr", true, LogisticRegression::of),
                yahoo("yahoo", YahooLookalike.Variant.HALF_OF_SEEDS),
                yahoo("yahoo-pq", YahooLookalike.Variant.MORE_THAN_ALL),
                yahoo("yahoo-pq-normalized", YahooLookalike.Variant.MORE_THAN_ALL_NORMALIZED),
                new Named("yahoo-minhash", true, experiment -> MinHashStage.of(experiment, bands, rows)),
                popularity("popularity", Popularity.ALL_TIME),
                popularity("recent-popularity", Popularity.WEEK),
                popularity("hour-popularity", HOUR),
                new Named("ralm-popularity", true, PopularityMix::of),
                new Named(
                        "random",
                        true,
                        experiment -> new RandomScorer(experiment.options().seed())));
    }

    /** All of them, in the order of tables. */
    public List<Contender> all() {
        return all;
    }

    /** RALM with another number of clusters. */
    public static Contender withClusters(int clusters) {
        return lookalike("ralm-k" + clusters, options -> options.withClusters(clusters));
    }

    private static Contender lookalike(String name, Function<LookalikeOptions, LookalikeOptions> change) {
        return new Named(name, true, experiment -> {
            LookalikeOptions head = change.apply(experiment.options().lookalike());
            return LookalikeScorer.of(experiment.lookalike(name, head), experiment);
        });
    }

    private static Scorer paper(Experiment experiment) {
        LookalikeOptions head = experiment.setting().paperHead();
        return LookalikeScorer.of(experiment.lookalike("ralm-paper", head), experiment);
    }

    private static Scorer concatenated(Experiment experiment) {
        return LookalikeScorer.of(
                experiment.lookalike(
                        "concat-ralm",
                        Concatenation.ofEqualBudget(experiment),
                        experiment.options().lookalike()),
                experiment);
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

    private static Contender yahoo(String name, YahooLookalike.Variant variant) {
        return new Named(name, false, experiment -> YahooLookalike.scorer(experiment, variant));
    }

    private static Contender popularity(String name, long window) {
        return new Named(
                name, false, experiment -> new Popularity(experiment.setting().seeds(), window));
    }

    /** A contender that is no more than what makes its scorer. */
    private record Named(String name, boolean usesChance, Function<Experiment, Scorer> maker) implements Contender {
        @Override
        public Scorer scorer(Experiment experiment) {
            return maker.apply(experiment);
        }
    }
}
