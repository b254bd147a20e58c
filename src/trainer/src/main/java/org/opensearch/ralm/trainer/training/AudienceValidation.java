package org.opensearch.ralm.trainer.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.opensearch.ralm.trainer.data.Block;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.Events;
import org.opensearch.ralm.trainer.data.SeedIndex;
import org.opensearch.ralm.trainer.data.TimeLocalNegatives;
import org.opensearch.ralm.trainer.metric.Auc;

/**
 * How well user embeddings do what they are for: tell the item a user clicked from others by the cosine of the user's
 * embedding and the mean of its seeds' embeddings. Embeddings are scaled to length 1 around their mean. Cases and seeds
 * are bounded, so that a validation costs seconds whatever the data. Immutable.
 */
final class AudienceValidation {

    private static final int CASES = 4000;
    private static final int NEGATIVES = 10;
    private static final int LEAST_SEEDS = 20;
    private static final int MOST_SEEDS = 64;

    /** The cases of one block: choices[i] are case i's clicked item and then the negatives, as places in the pool. */
    private record Cases(int[] users, long[] times, int[][] choices, int[][] seeds, long start) {}

    private final List<Cases> blocks = new ArrayList<>();

    /**
     * @param from first event of the span that is held out
     * @param to event after the last
     * @param seed of the negatives
     */
    AudienceValidation(Dataset dataset, int from, int to, long seed) {
        SeedIndex index = SeedIndex.of(dataset.events(), dataset.items().size());
        Random random = new Random(seed);
        int every = Math.max(1, Math.ceilDiv(to - from, CASES));
        for (Block block : dataset.timing().blocks(dataset.events(), from, to)) {
            Cases cases = cases(dataset, index, block, every, random);
            if (cases.users().length > 0) {
                blocks.add(cases);
            }
        }
    }

    boolean isEmpty() {
        return blocks.isEmpty();
    }

    /** The pooled area under the ROC curve. */
    double auc(UserEmbedder embedder) {
        int cases = blocks.stream().mapToInt(block -> block.users().length).sum();
        float[] scores = new float[cases * (NEGATIVES + 1)];
        boolean[] clicked = new boolean[scores.length];
        int size = 0;
        for (Cases block : blocks) {
            size = score(block, embedder, scores, size);
        }
        for (int i = 0; i < size; i += NEGATIVES + 1) {
            clicked[i] = true;
        }
        return Auc.pooled(scores, clicked);
    }

    private static Cases cases(Dataset dataset, SeedIndex index, Block block, int every, Random random) {
        Events events = dataset.events();
        int[] pool = dataset.timing().pool(index, LEAST_SEEDS, block.start());
        TimeLocalNegatives sampler =
                new TimeLocalNegatives(events, dataset.history(), block, item -> Arrays.binarySearch(pool, item) >= 0);
        int[] clicks = dataset.firstClicks(block, pool);
        List<int[]> choices = new ArrayList<>();
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < clicks.length; i += every) {
            int[] drawn = choices(events.item(clicks[i]), events.user(clicks[i]), sampler, pool, random);
            if (Arrays.stream(drawn).allMatch(place -> place >= 0)) {
                choices.add(drawn);
                kept.add(clicks[i]);
            }
        }
        int[][] seeds = new int[pool.length][0];
        for (int place :
                choices.stream().flatMapToInt(Arrays::stream).distinct().toArray()) {
            seeds[place] = index.seedsOf(pool[place], block.start(), MOST_SEEDS);
        }
        return new Cases(
                kept.stream().mapToInt(events::user).toArray(),
                kept.stream().mapToLong(events::time).toArray(),
                choices.toArray(int[][]::new),
                seeds,
                block.start());
    }

    /** Places in the pool, negative where nothing was found. */
    private static int[] choices(int item, int user, TimeLocalNegatives sampler, int[] pool, Random random) {
        int[] choices = new int[NEGATIVES + 1];
        choices[0] = Arrays.binarySearch(pool, item);
        for (int i = 1; i < choices.length; i++) {
            int drawn = sampler.draw(user, random);
            choices[i] = drawn < 0 ? -1 : Arrays.binarySearch(pool, drawn);
        }
        return choices;
    }

    private static int score(Cases block, UserEmbedder embedder, float[] scores, int from) {
        int[] seedUsers = Arrays.stream(block.seeds())
                .flatMapToInt(Arrays::stream)
                .sorted()
                .distinct()
                .toArray();
        DMatrixRMaj seeds = embedder.embed(seedUsers, block.start());
        DMatrixRMaj users = embedder.embed(block.users(), block.times());
        double[] mean = mean(seeds);
        normalize(seeds, mean);
        normalize(users, mean);
        DMatrixRMaj audiences = new DMatrixRMaj(block.seeds().length, seeds.numCols);
        for (int place = 0; place < audiences.numRows; place++) {
            for (int user : block.seeds()[place]) {
                add(seeds, Arrays.binarySearch(seedUsers, user), audiences, place);
            }
        }
        normalize(audiences, new double[seeds.numCols]);
        int at = from;
        for (int i = 0; i < users.numRows; i++) {
            for (int place : block.choices()[i]) {
                scores[at++] = (float) dot(users, i, audiences, place);
            }
        }
        return at;
    }

    private static double[] mean(DMatrixRMaj rows) {
        double[] mean = new double[rows.numCols];
        for (int i = 0; i < rows.getNumElements(); i++) {
            mean[i % rows.numCols] += rows.data[i] / rows.numRows;
        }
        return mean;
    }

    private static void normalize(DMatrixRMaj rows, double[] center) {
        int width = rows.numCols;
        for (int i = 0; i < rows.getNumElements(); i++) {
            rows.data[i] -= center[i % width];
        }
        for (int row = 0; row < rows.numRows; row++) {
            double norm = Math.sqrt(dot(rows, row, rows, row));
            for (int d = 0; d < width && norm > 0; d++) {
                rows.data[row * width + d] /= norm;
            }
        }
    }

    private static void add(DMatrixRMaj from, int row, DMatrixRMaj to, int target) {
        for (int d = 0; d < from.numCols; d++) {
            to.data[target * from.numCols + d] += from.data[row * from.numCols + d];
        }
    }

    private static double dot(DMatrixRMaj a, int rowOfA, DMatrixRMaj b, int rowOfB) {
        double sum = 0;
        for (int d = 0; d < a.numCols; d++) {
            sum += a.data[rowOfA * a.numCols + d] * b.data[rowOfB * b.numCols + d];
        }
        return sum;
    }
}
