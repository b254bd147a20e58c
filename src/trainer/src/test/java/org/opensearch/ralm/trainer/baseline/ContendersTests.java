package org.opensearch.ralm.trainer.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.opensearch.ralm.trainer.TinyWorld;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.IdLists;
import org.opensearch.ralm.trainer.evaluation.Contender;
import org.opensearch.ralm.trainer.evaluation.Experiment;
import org.opensearch.ralm.trainer.evaluation.LookalikeScorer;
import org.opensearch.ralm.trainer.evaluation.Measurement;
import org.opensearch.ralm.trainer.evaluation.Scorer;
import org.opensearch.ralm.trainer.evaluation.TestBlock;
import org.opensearch.ralm.trainer.training.LookalikeOptions;
import org.opensearch.ralm.trainer.training.TrainedModel;

final class ContendersTests {

    private static final List<Contender> ALL = new Contenders(20, 4).all();
    private static final Set<String> UNTRAINED = Set.of(
            "lr",
            "yahoo",
            "yahoo-pq",
            "yahoo-pq-normalized",
            "yahoo-minhash",
            "popularity",
            "recent-popularity",
            "hour-popularity",
            "random");

    private final Dataset dataset = TinyWorld.dataset();

    @Test
    void whatNeedsNoTrainingTrainsNothing() {
        for (Contender contender : ALL) {
            if (UNTRAINED.contains(contender.name())) {
                Experiment experiment = TinyExperiment.of(dataset);
                Measurement.of(contender.scorer(experiment), experiment.blocks(), dataset.history());
                assertEquals(0, experiment.trainSeconds(), contender.name());
            }
        }
    }

    @Test
    void whatUsesNoChanceScoresEquallyWithAnyRandomSeed() {
        for (Contender contender : ALL) {
            if (contender.usesChance() == false) {
                assertTrue(UNTRAINED.contains(contender.name()), contender.name());
            }
        }
    }

    /** With one cluster both cosines are that with the mean of the seeds: a score is (alpha + beta) times it. */
    @Test
    void oneClusterIsTheAverageOfTheSeedsUpToTheWeighting() {
        Experiment experiment = TinyExperiment.of(dataset);
        LookalikeOptions options = experiment.options().lookalike();
        LookalikeOptions one = options.withClusters(1).withWeights(0.2, 0.6);
        TrainedModel oneCluster = experiment.lookalike("one", one);
        TrainedModel average = experiment.lookalike("average", options.average());
        assertCosinesWithTheMean(oneCluster, 0.8, experiment);
        assertCosinesWithTheMean(average, 1, experiment);
    }

    private void assertCosinesWithTheMean(TrainedModel model, double weight, Experiment experiment) {
        TestBlock block = experiment.blocks().get(0);
        long start = block.block().start();
        IdLists.Builder candidates = new IdLists.Builder();
        for (int item : block.items()) {
            candidates.add(item).endRow();
        }
        float[] scores = LookalikeScorer.of(model, experiment)
                .score(block.block(), block.users(), block.times(), candidates.build());
        DMatrixRMaj users = model.model().transform(model.embedder().embed(block.users(), block.times()));
        for (int row = 0; row < scores.length; row++) {
            int[] audience = experiment
                    .setting()
                    .seeds()
                    .seedsOf(block.items()[row], start, model.options().maxSeeds());
            DMatrixRMaj seeds = model.model().transform(model.embedder().embed(audience, start));
            assertEquals(weight * cosineWithMean(users, row, seeds), scores[row], 1e-5);
        }
    }

    private static double cosineWithMean(DMatrixRMaj users, int row, DMatrixRMaj seeds) {
        double dot = 0;
        double user = 0;
        double mean = 0;
        for (int d = 0; d < users.numCols; d++) {
            double sum = 0;
            for (int seed = 0; seed < seeds.numRows; seed++) {
                sum += seeds.get(seed, d);
            }
            dot += users.get(row, d) * sum;
            user += users.get(row, d) * users.get(row, d);
            mean += sum * sum;
        }
        return dot / Math.sqrt(user * mean);
    }

    @Test
    void aMixIsTheLogarithmOfRecentClicksAndTheWeightedScore() {
        Experiment experiment = TinyExperiment.of(dataset);
        TestBlock block = experiment.blocks().get(0);
        IdLists candidates = new IdLists(new int[] {0, 2}, new int[] {block.pool()[0], block.pool()[1]});
        int[] users = {block.users()[0]};
        long[] times = {block.times()[0]};
        Scorer fixed = (of, rows, moments, items) -> new float[] {0.3f, -0.1f};
        Popularity recent = new Popularity(experiment.setting().seeds(), Popularity.WEEK);
        float[] scores = new PopularityMix(fixed, recent, 5).score(block.block(), users, times, candidates);
        for (int i = 0; i < 2; i++) {
            int item = candidates.id(i);
            long start = block.block().start();
            long clicks = 0;
            for (int event = 0; event < dataset.events().size(); event++) {
                long time = dataset.events().time(event);
                boolean week = time >= start - 7 * TinyWorld.DAY && time < start;
                clicks += dataset.events().item(event) == item && week ? 1 : 0;
            }
            assertEquals(Math.log(clicks + 0.5) + 5 * (i == 0 ? 0.3 : -0.1), scores[i], 1e-5);
        }
    }

    @Test
    void whatIsChosenOnValidationIsTold() {
        Experiment experiment = TinyExperiment.of(dataset);
        assertTrue(
                LogisticRegression.of(experiment).remark().orElseThrow().matches("L2 [0-9.E-]+, chosen on validation"));
        assertTrue(PopularityMix.of(experiment).remark().orElseThrow().matches("w [0-9.]+, chosen on validation"));
        assertNotEquals(
                experiment.blocks().get(0).block().start(),
                experiment.validation().blocks().get(0).block().start());
    }

    @Test
    void theWeightOfAMixIsTheOneWhoseMixRanksBestByItself() {
        Experiment experiment = TinyExperiment.of(dataset);
        Experiment validation = experiment.validation();
        TrainedModel ralm = validation.ralm();
        double gamma = ralm.artifact().manifest().calibration().gamma();
        double best = Chosen.best(
                new double[] {0.125, 0.25, 0.5, 1, 2, 4},
                weight -> new PopularityMix(
                        LookalikeScorer.of(ralm, validation),
                        new Popularity(validation.setting().seeds(), Popularity.WEEK),
                        weight * gamma),
                mix -> Measurement.of(mix, validation.blocks(), dataset.history())
                        .precisionAt10());
        assertEquals(
                "w " + best + ", chosen on validation",
                PopularityMix.of(experiment).remark().orElseThrow());
    }

    @Test
    void theBestValueIsTheOneWhoseScorerIsBest() {
        Experiment experiment = TinyExperiment.of(dataset);
        double best = Chosen.best(
                new double[] {-1, 1, 0, 2},
                value -> (block, users, times, candidates) -> {
                    float[] scores = new float[candidates.ids().length];
                    for (int row = 0; row < users.length; row++) {
                        for (int i = candidates.start(row); i < candidates.end(row); i++) {
                            scores[i] = (float) (TinyWorld.suits(users[row], candidates.id(i)) ? value : 0);
                        }
                    }
                    return scores;
                },
                experiment::meanAuc);
        assertEquals(1, best, "the first of the two that are right");
    }
}
