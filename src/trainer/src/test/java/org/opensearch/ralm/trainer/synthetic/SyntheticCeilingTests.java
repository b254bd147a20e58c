package org.opensearch.ralm.trainer.synthetic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.opensearch.ralm.cluster.Clusters;
import org.opensearch.ralm.cluster.KMeans;
import org.opensearch.ralm.trainer.baseline.Popularity;
import org.opensearch.ralm.trainer.baseline.TrueAffinity;
import org.opensearch.ralm.trainer.data.Block;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.IdLists;
import org.opensearch.ralm.trainer.data.SeedIndex;
import org.opensearch.ralm.trainer.data.TimeSplit;
import org.opensearch.ralm.trainer.data.Timing;
import org.opensearch.ralm.trainer.evaluation.Measurement;
import org.opensearch.ralm.trainer.evaluation.Protocol;
import org.opensearch.ralm.trainer.evaluation.Scorer;
import org.opensearch.ralm.trainer.evaluation.TestBlock;

/** What the feed lets be measured: its ceiling, popularity near chance, and room for local attention over averaging. */
final class SyntheticCeilingTests {
    private static final int DIMENSION = Directions.DIMENSION;
    private static final int MAX_SEEDS = 128;

    private final SyntheticFeed feed =
            SyntheticFeed.generate(SyntheticFeedOptions.parse("users=1500,items=600,events=24000,days=12"));
    private final Dataset dataset = feed.dataset().withTiming(Timing.DEFAULT.withBlockHours(24));
    private final SeedIndex seeds =
            SeedIndex.of(dataset.events(), dataset.items().size());
    private final List<TestBlock> blocks =
            Protocol.standard().testBlocks(dataset, seeds, TimeSplit.of(dataset.events(), 0.6, 0.2));

    @Test
    void trueAffinityIsFarAbovePopularityWhichIsNearChance() {
        Measurement ceiling = measure(new TrueAffinity(feed));
        assertTrue(ceiling.auc() > 0.84 && ceiling.auc() < 0.95, ceiling.toString());
        assertTrue(ceiling.gauc() > 0.84, ceiling.toString());
        assertEquals(0.5, measure(new Popularity(seeds, Popularity.ALL_TIME)).auc(), 0.03);
        assertEquals(0.5, measure(new Popularity(seeds, 86_400)).auc(), 0.03);
    }

    @Test
    void localAttentionOverTruePositionsBeatsTheirAverage() {
        double average = measure(new Attention(1)).auc();
        double local = measure(new Attention(20)).auc();
        assertTrue(local > average + 0.015, "local " + local + ", average " + average);
    }

    private Measurement measure(Scorer scorer) {
        return Measurement.of(scorer, blocks, dataset.history());
    }

    /** Local attention (equation 9 of the paper, size-aware, temperature 5) with true positions as user embeddings. */
    private final class Attention implements Scorer {
        private final KMeans kMeans;

        Attention(int clusters) {
            kMeans = new KMeans(clusters, 20, 1);
        }

        @Override
        public float[] score(Block block, int[] users, long[] times, IdLists candidates) {
            Map<Integer, Clusters> clusters = new HashMap<>();
            float[] scores = new float[candidates.ids().length];
            for (int row = 0; row < candidates.rows(); row++) {
                double[] user = feed.user(users[row]).position();
                for (int i = candidates.start(row); i < candidates.end(row); i++) {
                    Clusters audience =
                            clusters.computeIfAbsent(candidates.id(i), item -> cluster(item, block.start()));
                    scores[i] = (float) similarity(user, audience);
                }
            }
            return scores;
        }

        private Clusters cluster(int item, long time) {
            int[] users = seeds.seedsOf(item, time, MAX_SEEDS);
            float[] points = new float[users.length * DIMENSION];
            for (int i = 0; i < points.length; i++) {
                points[i] = (float) feed.user(users[i / DIMENSION]).position()[i % DIMENSION];
            }
            return kMeans.cluster(points, DIMENSION).clusters();
        }

        private static double similarity(double[] user, Clusters audience) {
            double[] local = new double[DIMENSION];
            for (int cluster = 0; cluster < audience.count(); cluster++) {
                float[] centroid = audience.centroid(cluster);
                double dot = 0;
                for (int i = 0; i < DIMENSION; i++) {
                    dot += user[i] * centroid[i];
                }
                double weight = audience.sizes()[cluster] * Math.exp(5 * Math.tanh(dot));
                for (int i = 0; i < DIMENSION; i++) {
                    local[i] += weight * centroid[i];
                }
            }
            return Directions.cosine(user, local) / Math.sqrt(Directions.cosine(local, local));
        }
    }
}
