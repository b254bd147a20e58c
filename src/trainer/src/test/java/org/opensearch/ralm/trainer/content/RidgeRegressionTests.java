package org.opensearch.ralm.trainer.content;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opensearch.ralm.content.ContentFeatures;

class RidgeRegressionTests {

    private static final int ROWS = 60;
    private static final int COLUMNS = 12;

    /** Against a dense solution of the normal equations with an unpenalised column of ones. */
    @ParameterizedTest
    @ValueSource(doubles = {0.01, 1, 100})
    void theSolutionIsThatOfTheNormalEquations(double l2) {
        Random random = new Random(3);
        ContentFeatures[] rows = rows(random);
        double[] targets = random.doubles(ROWS, -1, 3).toArray();
        DMatrixRMaj dense = new DMatrixRMaj(ROWS, COLUMNS + 1);
        for (int row = 0; row < ROWS; row++) {
            for (int i = 0; i < rows[row].size(); i++) {
                dense.add(row, rows[row].buckets()[i], rows[row].weights()[i]);
            }
            dense.set(row, COLUMNS, 1);
        }
        DMatrixRMaj normal = new DMatrixRMaj(COLUMNS + 1, COLUMNS + 1);
        CommonOps_DDRM.multTransA(dense, dense, normal);
        for (int column = 0; column < COLUMNS; column++) {
            normal.add(column, column, l2);
        }
        DMatrixRMaj right = new DMatrixRMaj(COLUMNS + 1, 1);
        CommonOps_DDRM.multTransA(dense, new DMatrixRMaj(ROWS, 1, true, targets), right);
        DMatrixRMaj expected = new DMatrixRMaj(COLUMNS + 1, 1);
        CommonOps_DDRM.solve(normal, right, expected);

        RidgeRegression.Solution solution = new RidgeRegression(rows, COLUMNS, l2).fit(targets);

        for (int column = 0; column < COLUMNS; column++) {
            assertEquals(expected.get(column, 0), solution.weights()[column], 1e-7);
        }
        assertEquals(expected.get(COLUMNS, 0), solution.bias(), 1e-7);
    }

    @Test
    void equalTargetsNeedNoWeights() {
        double[] targets = new double[ROWS];
        Arrays.fill(targets, 0.5);

        RidgeRegression.Solution solution = new RidgeRegression(rows(new Random(1)), COLUMNS, 1).fit(targets);

        assertEquals(0.5, solution.bias(), 1e-12);
        for (double weight : solution.weights()) {
            assertEquals(0, weight, 1e-12);
        }
    }

    /** Column 3 stays empty, and two entries of a row may share a column. */
    private static ContentFeatures[] rows(Random random) {
        ContentFeatures[] rows = new ContentFeatures[ROWS];
        for (int row = 0; row < ROWS; row++) {
            int[] buckets = random.ints(random.nextInt(5), 0, COLUMNS)
                    .map(column -> column == 3 ? 4 : column)
                    .toArray();
            float[] weights = new float[buckets.length];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = random.nextFloat();
            }
            rows[row] = new ContentFeatures(buckets, weights);
        }
        return rows;
    }
}
