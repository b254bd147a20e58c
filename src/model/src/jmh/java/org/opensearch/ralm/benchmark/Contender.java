package org.opensearch.ralm.benchmark;

import io.github.jbellis.jvector.pq.KMeansPlusPlusClusterer;
import io.github.jbellis.jvector.vector.VectorizationProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import io.github.jbellis.jvector.vector.types.VectorTypeSupport;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nu.pattern.OpenCV;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.sandbox.codecs.quantization.KMeans.KmeansInitializationMethod;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.TermCriteria;
import org.opensearch.ralm.cluster.KMeans;

/**
 * A k-means, ours or a library's, all from a k-means++ start, with {@value #CLUSTERS} clusters and at most
 * {@value #ITERATIONS} iterations, and with the library's own rule to stop earlier.
 */
public enum Contender {
    RALM {
        @Override
        Run prepare(float[] rows) {
            return seed -> new KMeans(CLUSTERS, ITERATIONS, seed)
                    .cluster(rows, SeedVectors.DIMENSION)
                    .clusters()
                    .centroids();
        }
    },

    /** Native code; stops when no centroid moves farther than 0.001, and draws three points for each first centroid. */
    OPENCV {
        @Override
        Run prepare(float[] rows) {
            return openCv(rows, 1);
        }
    },

    OPENCV_2_THREADS {
        @Override
        Run prepare(float[] rows) {
            return openCv(rows, 2);
        }
    },

    /** Uses the incubating vector API; stops when less than one point of a hundred changes its cluster; has no seed. */
    JVECTOR {
        @Override
        Run prepare(float[] rows) {
            VectorTypeSupport types = VectorizationProvider.getInstance().getVectorTypeSupport();
            VectorFloat<?>[] vectors =
                    vectors(rows).map(types::createFloatVector).toArray(VectorFloat<?>[]::new);
            return seed -> {
                VectorFloat<?> found = new KMeansPlusPlusClusterer(vectors, CLUSTERS).cluster(ITERATIONS, 0);
                float[] centroids = new float[found.length()];
                for (int i = 0; i < centroids.length; i++) {
                    centroids[i] = found.get(i);
                }
                return centroids;
            };
        }
    },

    /** Uses the incubating vector API. */
    LUCENE {
        @Override
        Run prepare(float[] rows) {
            FloatVectorValues vectors =
                    FloatVectorValues.fromFloats(vectors(rows).toList(), SeedVectors.DIMENSION);
            return seed -> flat(Arrays.stream(org.apache.lucene.sandbox.codecs.quantization.KMeans.cluster(
                            vectors,
                            CLUSTERS,
                            false,
                            seed,
                            KmeansInitializationMethod.PLUS_PLUS,
                            false,
                            1,
                            ITERATIONS,
                            SeedVectors.COUNT)
                    .centroids()));
        }
    };

    static final int CLUSTERS = 20;
    static final int ITERATIONS = 25;

    /** Brings rows into the library's own form, which is not measured. */
    abstract Run prepare(float[] rows);

    /** What is measured: finds centroids, row after row. */
    interface Run {
        float[] centroids(long seed) throws IOException;
    }

    private static Run openCv(float[] rows, int threads) {
        OpenCV.loadLocally();
        Mat points = new Mat(SeedVectors.COUNT, SeedVectors.DIMENSION, CvType.CV_32F);
        points.put(0, 0, rows);
        TermCriteria criteria = new TermCriteria(TermCriteria.EPS + TermCriteria.MAX_ITER, ITERATIONS, 1e-3);
        return seed -> {
            Core.setNumThreads(threads);
            Core.setRNGSeed((int) seed);
            Mat found = new Mat();
            Core.kmeans(points, CLUSTERS, new Mat(), criteria, 1, Core.KMEANS_PP_CENTERS, found);
            float[] centroids = new float[CLUSTERS * SeedVectors.DIMENSION];
            found.get(0, 0, centroids);
            return centroids;
        };
    }

    private static Stream<float[]> vectors(float[] rows) {
        int width = SeedVectors.DIMENSION;
        return IntStream.range(0, rows.length / width)
                .mapToObj(row -> Arrays.copyOfRange(rows, row * width, (row + 1) * width));
    }

    private static float[] flat(Stream<float[]> centroids) {
        float[][] all = centroids.toArray(float[][]::new);
        float[] flat = new float[all.length * SeedVectors.DIMENSION];
        for (int c = 0; c < all.length; c++) {
            System.arraycopy(all[c], 0, flat, c * SeedVectors.DIMENSION, SeedVectors.DIMENSION);
        }
        return flat;
    }
}
