package org.opensearch.ralm.benchmark;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.opensearch.ralm.cluster.Clusters;
import org.opensearch.ralm.cluster.RunningMeans;
import org.opensearch.ralm.cluster.SeedSample;

/** The time a refresh takes for each seed: to add it to running means of 20 clusters × 128, or to offer it to a sample. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class RefreshBenchmark {

    private static final int CLUSTERS = 20;
    private static final int DIMENSION = 128;
    private static final int SEEDS = 1_000;
    private static final int OFFERS = 3_000_000;

    private final float[][] seeds = new float[SEEDS][DIMENSION];
    private RunningMeans means;

    /** Begins anew now and then, so that no cluster grows without end. */
    @Setup(Level.Iteration)
    public void load() {
        Random random = new Random(1);
        float[] centroids = new float[CLUSTERS * DIMENSION];
        int[] sizes = new int[CLUSTERS];
        Arrays.fill(sizes, 1_000);
        for (int i = 0; i < centroids.length; i++) {
            centroids[i] = (float) random.nextGaussian();
        }
        for (float[] seed : seeds) {
            for (int d = 0; d < DIMENSION; d++) {
                seed[d] = (float) random.nextGaussian();
            }
        }
        means = new RunningMeans(new Clusters(DIMENSION, centroids, sizes), CLUSTERS);
    }

    @Benchmark
    @OperationsPerInvocation(SEEDS)
    public void addToRunningMeans() {
        for (float[] seed : seeds) {
            means.add(seed);
        }
    }

    @Benchmark
    @OperationsPerInvocation(OFFERS)
    public SeedSample<Integer> offerToSample() {
        SeedSample<Integer> sample = new SeedSample<>(20_000);
        for (int i = 0; i < OFFERS; i++) {
            sample.offer("user-" + i, i);
        }
        return sample;
    }
}
