package org.opensearch.ralm.trainer.bench;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.opensearch.ralm.artifact.LookalikeForm;
import org.opensearch.ralm.block.Encoding;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.block.SeedBlockCodec;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.SeedIndex;
import org.opensearch.ralm.trainer.evaluation.Experiment;
import org.opensearch.ralm.trainer.evaluation.LookalikeScorer;
import org.opensearch.ralm.trainer.evaluation.Samples;
import org.opensearch.ralm.trainer.evaluation.TestBlock;
import org.opensearch.ralm.trainer.training.BlockSeeds;
import org.opensearch.ralm.trainer.training.TrainedModel;

/**
 * Measures on a trained model's own seed blocks what storing them in int8 loses, and how many candidates upper bounds
 * of their scores would spare a search.
 */
public final class BlockBench {

    private static final int BEST = 50;

    private final Experiment experiment;
    private final TrainedModel trained;
    private final BlockResult result = new BlockResult();

    /**
     * @param experiment trains the model if it has not, and has the test blocks
     */
    public BlockBench(Experiment experiment) {
        this.experiment = experiment;
        this.trained = experiment.ralm();
    }

    /** Measures. */
    public BlockResult run() {
        LookalikeScorer exact = LookalikeScorer.of(trained, experiment);
        result.auc(
                Samples.of(exact, experiment.blocks()).auc(),
                Samples.of(exact.stored(Encoding.INT8), experiment.blocks()).auc());
        for (TestBlock block : experiment.blocks()) {
            measure(block);
        }
        return result;
    }

    private void measure(TestBlock block) {
        LookalikeModel model = trained.model();
        SeedBlock[] blocks = seedBlocks(block);
        int[] users = IntStream.of(block.users()).distinct().toArray();
        long[] times = new long[users.length];
        Arrays.fill(times, block.block().start());
        DMatrixRMaj vectors = model.transform(trained.embedder().embed(users, times));
        DMatrixRMaj queries = model.localQueries(vectors);
        double[][] scores = scores(blocks, vectors, queries);
        SeedBlock[] quantized = Arrays.stream(blocks)
                .map(exact -> SeedBlockCodec.decode(SeedBlockCodec.encode(exact, Encoding.INT8)))
                .toArray(SeedBlock[]::new);
        double[][] quantizedScores = scores(quantized, vectors, queries);
        LookalikeForm form = model.manifest().form();
        UpperBounds[] bounds =
                Arrays.stream(blocks).map(exact -> new UpperBounds(exact, form)).toArray(UpperBounds[]::new);
        for (int row = 0; row < users.length; row++) {
            double[] ofUser = column(scores, row);
            double[] other = column(quantizedScores, row);
            result.quantized(overlap(ofUser, other), largestDifference(ofUser, other));
            bound(bounds, unit(vectors, row), ofUser);
        }
    }

    private SeedBlock[] seedBlocks(TestBlock block) {
        SeedIndex seeds = experiment.setting().seeds();
        Dataset dataset = experiment.setting().dataset();
        return BlockSeeds.of(
                        seeds,
                        trained.embedder(),
                        block.pool(),
                        block.block().start(),
                        trained.options().maxSeeds())
                .seedBlocks(trained.model(), dataset, trained.options().clusters());
    }

    private double[][] scores(SeedBlock[] blocks, DMatrixRMaj vectors, DMatrixRMaj queries) {
        return Arrays.stream(blocks)
                .map(block -> trained.model().scorer(block).scores(vectors, queries))
                .toArray(double[][]::new);
    }

    private void bound(UpperBounds[] candidates, double[] user, double[] scores) {
        double alpha = trained.model().manifest().alpha();
        double beta = trained.model().manifest().beta();
        double[][] bounds = new double[Bound.values().length][candidates.length];
        double[] globals = new double[candidates.length];
        for (int i = 0; i < candidates.length; i++) {
            double g = candidates[i].global(user);
            globals[i] = g;
            double cone = candidates[i].cone(g);
            double both = Math.min(cone, candidates[i].ball(user));
            double all = Math.min(both, candidates[i].afterProducts(user));
            bounds[Bound.GLOBAL_ALONE.ordinal()][i] = alpha * g + beta;
            bounds[Bound.CONE.ordinal()][i] = alpha * g + beta * cone;
            bounds[Bound.CONE_AND_BALL.ordinal()][i] = alpha * g + beta * both;
            bounds[Bound.AND_AFTER_PRODUCTS.ordinal()][i] = alpha * g + beta * all;
        }
        result.bounds(scores, bounds);
        for (double share : BlockResult.RECALLED) {
            result.recalled(share, recalled(scores, globals, (int) Math.ceil(share * globals.length)));
        }
    }

    /** Bounds of a score, each by what the one before knows and more. */
    enum Bound {
        GLOBAL_ALONE,
        CONE,
        CONE_AND_BALL,
        AND_AFTER_PRODUCTS
    }

    /** The share of the best that are among the nearest by the global embedding alone. */
    private static double recalled(double[] scores, double[] globals, int count) {
        List<Integer> best = best(scores, Math.min(BEST, count));
        List<Integer> nearest = best(globals, count);
        return (double) best.stream().filter(nearest::contains).count() / best.size();
    }

    private static double overlap(double[] scores, double[] others) {
        List<Integer> best = best(scores, BEST);
        List<Integer> common = best(others, BEST);
        return (double) common.stream().filter(best::contains).count() / best.size();
    }

    private static List<Integer> best(double[] scores, int count) {
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted((i, j) -> Double.compare(scores[j], scores[i]))
                .limit(count)
                .toList();
    }

    private static double largestDifference(double[] scores, double[] others) {
        return IntStream.range(0, scores.length)
                .mapToDouble(i -> Math.abs(scores[i] - others[i]))
                .max()
                .orElse(0);
    }

    private static double[] column(double[][] byCandidate, int row) {
        return Arrays.stream(byCandidate).mapToDouble(scores -> scores[row]).toArray();
    }

    private static double[] unit(DMatrixRMaj vectors, int row) {
        double[] unit = Arrays.copyOfRange(vectors.data, row * vectors.numCols, (row + 1) * vectors.numCols);
        double length =
                Math.sqrt(Arrays.stream(unit).map(value -> value * value).sum());
        return Arrays.stream(unit)
                .map(value -> length == 0 ? 0 : value / length)
                .toArray();
    }
}
