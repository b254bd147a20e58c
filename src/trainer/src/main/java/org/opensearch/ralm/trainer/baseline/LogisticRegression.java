package org.opensearch.ralm.trainer.baseline;

import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.FeatureNode;
import de.bwaldvogel.liblinear.Linear;
import de.bwaldvogel.liblinear.Model;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.Problem;
import de.bwaldvogel.liblinear.SolverType;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.SeedIndex;
import org.opensearch.ralm.trainer.evaluation.Experiment;
import org.opensearch.ralm.trainer.evaluation.Scorer;
import org.opensearch.ralm.trainer.evaluation.Setting;

/**
 * A logistic regression an item: its seeds against ten times as many other users drawn at random, all as they are at
 * the moment. Minimises (λ/2)|w|² + the mean log loss; the bias is free. Scores are log odds. That a user clicked the
 * item itself is no feature, for all seeds have it and nobody else. An item of fewer than 20 seeds scores everybody with
 * the prior, the odds of 1 to 10. Immutable, safe for use by several threads.
 */
final class LogisticRegression implements LinearLearner {

    private static final double[] STRENGTHS = {1e-4, 1e-3, 1e-2, 1e-1};

    private static final int LEAST_SEEDS = 20;
    private static final int NEGATIVES = 10;
    private static final int TRIES = 50;
    private static final double TOLERANCE = 0.01;

    private final Dataset dataset;
    private final SeedIndex seeds;
    private final int maxSeeds;
    private final double strength;
    private final long randomSeed;
    private final MultiHot encoding;

    /**
     * @param maxSeeds the newest so many seeds of an item are learned from
     * @param strength λ, above 0
     */
    LogisticRegression(Dataset dataset, SeedIndex seeds, int maxSeeds, double strength, long randomSeed) {
        this.dataset = dataset;
        this.seeds = seeds;
        this.maxSeeds = maxSeeds;
        this.strength = strength;
        this.randomSeed = randomSeed;
        this.encoding = new MultiHot(dataset, MultiHot.Numbers.SCALED);
        Linear.disableDebugOutput();
    }

    /** Scores with the strength that is best for the mean of AUC and GAUC on validation, of the seeds that RALM gets. */
    static Scorer of(Experiment experiment) {
        double strength = Chosen.best(STRENGTHS, value -> scorer(experiment, value), experiment.validation()::meanAuc);
        return new Chosen(scorer(experiment, strength), "L2", strength);
    }

    private static Scorer scorer(Experiment experiment, double strength) {
        Setting setting = experiment.setting();
        int maxSeeds = experiment.options().lookalike().maxSeeds();
        long randomSeed = experiment.options().seed();
        return new LinearScorer(
                new LogisticRegression(setting.dataset(), setting.seeds(), maxSeeds, strength, randomSeed),
                setting.seeds().items());
    }

    @Override
    public MultiHot encoding() {
        return encoding;
    }

    @Override
    public IntFunction<LinearModel> at(long time) {
        int[] known = KnownUsers.before(dataset.history(), time);
        return item -> model(item, time, known);
    }

    private LinearModel model(int item, long time, int[] known) {
        int[] positives = seeds.seedsOf(item, time, maxSeeds);
        int[] negatives = others(positives, known, new Random(randomSeed * 1_000_003 + item ^ time));
        if (positives.length < LEAST_SEEDS || negatives.length == 0) {
            return LinearModel.constant(-Math.log(NEGATIVES));
        }
        int[] users = IntStream.concat(Arrays.stream(positives), Arrays.stream(negatives))
                .toArray();
        double[] labels = new double[users.length];
        Arrays.fill(labels, 0, positives.length, 1);
        return fit(encoding.encode(users, time).toArray(SparseVector[]::new), labels, encoding.ofClicking(item));
    }

    /** Users drawn at random, none of them a seed, ten times as many as seeds; one may be drawn twice. */
    private static int[] others(int[] positives, int[] known, Random random) {
        int[] ascending = positives.clone();
        Arrays.sort(ascending);
        return IntStream.range(0, known.length == 0 ? 0 : NEGATIVES * positives.length)
                .map(i -> {
                    int user = known[random.nextInt(known.length)];
                    for (int attempt = 0; attempt < TRIES && Arrays.binarySearch(ascending, user) >= 0; attempt++) {
                        user = known[random.nextInt(known.length)];
                    }
                    return user;
                })
                .filter(user -> Arrays.binarySearch(ascending, user) < 0)
                .toArray();
    }

    /**
     * Fits weights and bias.
     *
     * @param labels 1 for a seed, 0 for another
     * @param hidden features that are not looked at
     */
    LinearModel fit(SparseVector[] vectors, double[] labels, int[] hidden) {
        int[] used = Arrays.stream(vectors)
                .flatMapToInt(vector -> Arrays.stream(vector.features()))
                .filter(feature -> Arrays.stream(hidden).noneMatch(other -> other == feature))
                .sorted()
                .distinct()
                .toArray();
        Problem problem = new Problem();
        problem.l = vectors.length;
        problem.n = used.length + 1;
        problem.bias = 1;
        problem.y = labels;
        problem.x = Arrays.stream(vectors).map(vector -> nodes(vector, used)).toArray(Feature[][]::new);
        Parameter parameter = new Parameter(SolverType.L2R_LR, 1 / (strength * vectors.length), TOLERANCE);
        parameter.setRegularizeBias(false);
        Model model = Linear.train(problem, parameter);
        double sign = model.getLabels()[0] == 1 ? 1 : -1;
        double[] fitted = model.getFeatureWeights();
        float[] weights = new float[used.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) (sign * fitted[i]);
        }
        return new LinearModel(new SparseVector(used, weights), sign * fitted[used.length]);
    }

    /** The used features of a vector, numbered from 1 among them, and the bias. */
    private static Feature[] nodes(SparseVector vector, int[] used) {
        Feature[] nodes = new Feature[vector.features().length + 1];
        int size = 0;
        for (int i = 0; i < vector.features().length; i++) {
            int place = Arrays.binarySearch(used, vector.features()[i]);
            if (place >= 0) {
                nodes[size++] = new FeatureNode(place + 1, vector.values()[i]);
            }
        }
        nodes[size++] = new FeatureNode(used.length + 1, 1);
        return Arrays.copyOf(nodes, size);
    }
}
