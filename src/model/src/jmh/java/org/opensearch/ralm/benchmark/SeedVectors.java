package org.opensearch.ralm.benchmark;

import java.util.Random;

/** Vectors to cluster: 100,000 of 128 values, row after row. */
public enum SeedVectors {

    /** Unit vectors around 60 centres on the sphere, some with many and some with few, as trained vectors lie. */
    MIXTURE {
        @Override
        void fill(float[] rows, Random random) {
            float[] centres = new float[60 * DIMENSION];
            for (int row = 0; row < 60; row++) {
                gaussian(centres, row, 1, random);
                normalize(centres, row);
            }
            for (int row = 0; row < COUNT; row++) {
                int centre = (int) (60 * Math.pow(random.nextDouble(), 1.5));
                gaussian(rows, row, 0.6 / Math.sqrt(DIMENSION), random);
                for (int d = 0; d < DIMENSION; d++) {
                    rows[row * DIMENSION + d] += centres[centre * DIMENSION + d];
                }
                normalize(rows, row);
            }
        }
    },

    /** Independent normal values: nothing to be found. */
    GAUSSIAN {
        @Override
        void fill(float[] rows, Random random) {
            for (int row = 0; row < COUNT; row++) {
                gaussian(rows, row, 1, random);
            }
        }
    };

    static final int COUNT = 100_000;
    static final int DIMENSION = 128;

    abstract void fill(float[] rows, Random random);

    float[] rows() {
        float[] rows = new float[COUNT * DIMENSION];
        fill(rows, new Random(1));
        return rows;
    }

    private static void gaussian(float[] rows, int row, double deviation, Random random) {
        for (int d = 0; d < DIMENSION; d++) {
            rows[row * DIMENSION + d] = (float) (deviation * random.nextGaussian());
        }
    }

    private static void normalize(float[] rows, int row) {
        double squares = 0;
        for (int d = 0; d < DIMENSION; d++) {
            squares += (double) rows[row * DIMENSION + d] * rows[row * DIMENSION + d];
        }
        for (int d = 0; d < DIMENSION; d++) {
            rows[row * DIMENSION + d] /= (float) Math.sqrt(squares);
        }
    }
}
