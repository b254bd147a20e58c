package org.opensearch.ralm.trainer.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReportQuantitiesTests {

    @Test
    void clicksDrawnByTheirProbabilitiesAreCalibrated() {
        Random random = new Random(1);
        double[] probabilities = random.doubles(100_000).toArray();
        boolean[] clicked = new boolean[probabilities.length];
        IntStream.range(0, clicked.length).forEach(i -> clicked[i] = random.nextDouble() < probabilities[i]);

        List<CalibrationBin> bins = CalibrationBin.of(probabilities, clicked, 10);

        assertEquals(10, bins.size());
        bins.forEach(bin -> assertEquals(10_000, bin.samples()));
        assertEquals(0, CalibrationBin.expectedError(bins), 0.01);
    }

    @Test
    void calibrationBinsHoldNeighboursAndLoseNobody() {
        List<CalibrationBin> bins = CalibrationBin.of(
                new double[] {0.9, 0.1, 0.8, 0.2, 0.3}, new boolean[] {true, false, true, true, false}, 2);

        assertEquals(List.of(new CalibrationBin(0.15, 0.5, 2), new CalibrationBin(2.0 / 3, 2.0 / 3, 3)), rounded(bins));
        assertEquals(5, CalibrationBin.of(new double[5], new boolean[5], 10).size());
        assertThrows(IllegalArgumentException.class, () -> CalibrationBin.of(new double[2], new boolean[1], 2));
    }

    private static List<CalibrationBin> rounded(List<CalibrationBin> bins) {
        return bins.stream()
                .map(bin -> bin.samples() == 2
                        ? new CalibrationBin(Math.round(bin.predicted() * 1e9) / 1e9, bin.observed(), 2)
                        : bin)
                .toList();
    }

    @Test
    void scoreBarsSumToOneEachAndTheLargestScoreIsInTheLast() {
        List<ScoreBin> bins =
                ScoreBin.of(new float[] {0, 1, 2, 4, 4}, new boolean[] {true, false, false, true, false}, 4);

        assertEquals(
                List.of(0.0, 1.0, 2.0, 3.0), bins.stream().map(ScoreBin::from).toList());
        assertEquals(
                List.of(0.5, 0.0, 0.0, 0.5), bins.stream().map(ScoreBin::clicks).toList());
        assertEquals(
                List.of(0.0, 1.0 / 3, 1.0 / 3, 1.0 / 3),
                bins.stream().map(ScoreBin::negatives).toList());
        assertEquals(List.of(), ScoreBin.of(new float[0], new boolean[0], 4));
        assertEquals(
                1,
                ScoreBin.of(new float[] {7}, new boolean[] {true}, 3).getFirst().clicks());
    }

    @Test
    void fieldsAreWeightedByThoseWhoHaveThem() {
        double none = Double.NaN;

        List<FieldAttention> fields = FieldAttention.of(
                List.of("weak", "nobody's", "strong"), new double[][] {{0.2, none, 0.8}, {none, none, 1}});

        assertEquals(
                List.of("strong", "weak", "nobody's"),
                fields.stream().map(FieldAttention::field).toList());
        assertEquals(0.9, fields.get(0).weight(), 1e-12);
        assertEquals(0.1, fields.get(0).sd(), 1e-12);
        assertEquals(0.5, fields.get(1).present());
        assertTrue(Double.isNaN(fields.get(2).weight()));
    }
}
