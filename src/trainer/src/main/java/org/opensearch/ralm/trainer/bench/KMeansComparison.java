package org.opensearch.ralm.trainer.bench;

import io.github.jbellis.jvector.pq.KMeansPlusPlusClusterer;
import io.github.jbellis.jvector.vector.VectorizationProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import io.github.jbellis.jvector.vector.types.VectorTypeSupport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.opensearch.ralm.cluster.KMeans;

/**
 * Clusters the same users with our k-means and with JVector's, the fastest on such vectors of the libraries that the
 * benchmarks of the model module compare: from a k-means++ start, with at most 25 iterations and each one's own rule to
 * stop earlier, in alternating rounds.
 */
final class KMeansComparison {

    static final String LIBRARY = "jvector";

    private static final int POINTS = 100_000;
    private static final int ITERATIONS = 25;
    private static final int WARM_UP = 3;
    private static final int ROUNDS = 9;

    /** Held here, since a logger nobody holds forgets its level. */
    private static final Logger LIBRARY_LOG = Logger.getLogger("io.github.jbellis.jvector");

    private final int width = BenchModel.DIMENSION;
    private final float[] points;
    private final VectorFloat<?>[] vectors;

    private KMeansComparison(float[] points) {
        LIBRARY_LOG.setLevel(Level.WARNING);
        VectorTypeSupport types = VectorizationProvider.getInstance().getVectorTypeSupport();
        this.points = points;
        this.vectors = IntStream.range(0, points.length / width)
                .mapToObj(point -> types.createFloatVector(row(points, point)))
                .toArray(VectorFloat<?>[]::new);
    }

    /** Compares on a hundred thousand users. */
    static KMeansRatio measure() {
        return of(new BenchModel().users(POINTS));
    }

    /** Compares on points of width {@value BenchModel#DIMENSION}, row after row. */
    static KMeansRatio of(float[] points) {
        KMeansComparison comparison = new KMeansComparison(points);
        List<KMeansRatio.Run> ours = new ArrayList<>();
        List<KMeansRatio.Run> library = new ArrayList<>();
        for (int round = 0; round < WARM_UP + ROUNDS; round++) {
            long seed = round;
            ours.add(comparison.time(() -> comparison.ours(seed)));
            library.add(comparison.time(comparison::library));
        }
        return new KMeansRatio(ours.subList(WARM_UP, ours.size()), library.subList(WARM_UP, library.size()));
    }

    private KMeansRatio.Run time(Supplier<float[]> clustering) {
        long begin = System.nanoTime();
        float[] centroids = clustering.get();
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new KMeansRatio.Run(seconds, inertia(centroids));
    }

    private float[] ours(long seed) {
        return new KMeans(BenchModel.CLUSTERS, ITERATIONS, seed)
                .cluster(points, width)
                .clusters()
                .centroids();
    }

    /** It chooses its seed itself. */
    private float[] library() {
        VectorFloat<?> found = new KMeansPlusPlusClusterer(vectors, BenchModel.CLUSTERS).cluster(ITERATIONS, 0);
        float[] centroids = new float[found.length()];
        for (int i = 0; i < centroids.length; i++) {
            centroids[i] = found.get(i);
        }
        return centroids;
    }

    private double inertia(float[] centroids) {
        double inertia = 0;
        for (int point = 0; point < vectors.length; point++) {
            double nearest = Double.POSITIVE_INFINITY;
            for (int centroid = 0; centroid < centroids.length / width; centroid++) {
                nearest = Math.min(nearest, squaredDistance(point, centroids, centroid));
            }
            inertia += nearest;
        }
        return inertia;
    }

    private double squaredDistance(int point, float[] centroids, int centroid) {
        double squares = 0;
        for (int d = 0; d < width; d++) {
            double difference = points[point * width + d] - centroids[centroid * width + d];
            squares += difference * difference;
        }
        return squares;
    }

    private static float[] row(float[] points, int point) {
        return Arrays.copyOfRange(points, point * BenchModel.DIMENSION, (point + 1) * BenchModel.DIMENSION);
    }
}
