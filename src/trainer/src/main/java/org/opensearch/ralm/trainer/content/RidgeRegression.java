package org.opensearch.ralm.trainer.content;

import org.opensearch.ralm.content.ContentFeatures;

/**
 * Linear least squares with an L2 penalty on sparse rows: minimises Σ (x_i·w + b − y_i)² + λ|w|², b without a penalty.
 * Solved by conjugate gradients on the normal equations of the centred rows, which never need a matrix of columns ×
 * columns. Columns that no row has get weight 0. Immutable, safe for use by several threads.
 */
final class RidgeRegression {

    private static final double TOLERANCE = 1e-8;
    private static final int MOST_STEPS = 1000;

    private final ContentFeatures[] rows;
    private final double l2;
    private final double[] mean;

    /**
     * @param rows at least one
     * @param columns how many columns there are
     * @param l2 λ, above 0
     */
    RidgeRegression(ContentFeatures[] rows, int columns, double l2) {
        this.rows = rows;
        this.l2 = l2;
        this.mean = new double[columns];
        for (ContentFeatures row : rows) {
            for (int i = 0; i < row.size(); i++) {
                mean[row.buckets()[i]] += (double) row.weights()[i] / rows.length;
            }
        }
    }

    /**
     * A solution.
     *
     * @param weights w, one a column
     * @param bias b
     */
    record Solution(double[] weights, double bias) {}

    /** Fits one target a row. */
    Solution fit(double[] targets) {
        double average = 0;
        for (double target : targets) {
            average += target / targets.length;
        }
        double[] centred = new double[targets.length];
        for (int i = 0; i < targets.length; i++) {
            centred[i] = targets[i] - average;
        }
        double[] weights = solve(transposedTimes(centred));
        return new Solution(weights, average - dot(mean, weights));
    }

    /** Conjugate gradients for (XᵀX + λI) w = r, from w = 0. */
    private double[] solve(double[] right) {
        double[] weights = new double[right.length];
        double[] residual = right.clone();
        double[] direction = right.clone();
        double squares = dot(residual, residual);
        double enough = squares * TOLERANCE * TOLERANCE;
        for (int step = 0; step < MOST_STEPS && squares > enough; step++) {
            double[] image = transposedTimes(times(direction));
            add(image, l2, direction);
            double length = squares / dot(direction, image);
            add(weights, length, direction);
            add(residual, -length, image);
            double before = squares;
            squares = dot(residual, residual);
            for (int column = 0; column < direction.length; column++) {
                direction[column] = residual[column] + squares / before * direction[column];
            }
        }
        return weights;
    }

    /** X v of the centred rows. */
    private double[] times(double[] vector) {
        double centre = dot(mean, vector);
        double[] product = new double[rows.length];
        for (int row = 0; row < rows.length; row++) {
            product[row] = -centre;
            for (int i = 0; i < rows[row].size(); i++) {
                product[row] += rows[row].weights()[i] * vector[rows[row].buckets()[i]];
            }
        }
        return product;
    }

    /** Xᵀ u of the centred rows. */
    private double[] transposedTimes(double[] vector) {
        double[] product = new double[mean.length];
        double sum = 0;
        for (int row = 0; row < rows.length; row++) {
            sum += vector[row];
            for (int i = 0; i < rows[row].size(); i++) {
                product[rows[row].buckets()[i]] += rows[row].weights()[i] * vector[row];
            }
        }
        add(product, -sum, mean);
        return product;
    }

    private static void add(double[] sum, double factor, double[] vector) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += factor * vector[i];
        }
    }

    private static double dot(double[] left, double[] right) {
        double dot = 0;
        for (int i = 0; i < left.length; i++) {
            dot += left[i] * right[i];
        }
        return dot;
    }
}
