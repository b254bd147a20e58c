package org.opensearch.ralm.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The time of one clustering from the start to convergence, with the inertia it reaches; each time with another seed. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 5)
@State(Scope.Thread)
public class KMeansBenchmark {

    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    @Param
    private SeedVectors vectors;

    @Param
    private Contender contender;

    private float[] rows;
    private Contender.Run run;
    private long seed;

    @Setup
    public void prepare() {
        rows = vectors.rows();
        run = contender.prepare(rows);
    }

    @Benchmark
    public float[] cluster(Quality quality) throws IOException {
        long before = PROCESS.getProcessCpuTime();
        quality.centroids = run.centroids(seed++);
        quality.cpuMillis = (PROCESS.getProcessCpuTime() - before) / 1e6;
        quality.rows = rows;
        return quality.centroids;
    }

    /** Computes the inertia when the clock has stopped, the same way for all. */
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class Quality {

        private float[] rows;
        private float[] centroids;
        private double cpuMillis;

        /** The time all threads of the process computed, which other processes of the machine hardly change. */
        public double cpu() {
            return cpuMillis;
        }

        /** The sum of squared distances of the points to their nearest centroids. */
        public double inertia() {
            double inertia = 0;
            for (int row = 0; row < SeedVectors.COUNT; row++) {
                double least = Double.MAX_VALUE;
                for (int c = 0; c < centroids.length / SeedVectors.DIMENSION; c++) {
                    least = Math.min(least, squaredDistance(row, c));
                }
                inertia += least;
            }
            return inertia;
        }

        private double squaredDistance(int row, int centroid) {
            double sum = 0;
            for (int d = 0; d < SeedVectors.DIMENSION; d++) {
                double difference = (double) rows[row * SeedVectors.DIMENSION + d]
                        - centroids[centroid * SeedVectors.DIMENSION + d];
                sum += difference * difference;
            }
            return sum;
        }
    }
}
