package org.opensearch.ralm.trainer.report;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Samples whose predicted probabilities lie close together.
 *
 * @param predicted their mean predicted probability
 * @param observed the share of them that was clicked
 * @param samples how many they are
 */
@JsonNaming(SnakeCaseStrategy.class)
public record CalibrationBin(double predicted, double observed, long samples) {

    /**
     * Bins of equally many samples, as far as the number of samples allows.
     *
     * @param probabilities the predicted probability of each sample, in [0, 1]
     * @param clicked whether it was clicked
     * @param bins how many; with fewer samples, as many as there are samples
     * @return in ascending order of probability
     * @throws IllegalArgumentException if the lengths differ
     */
    public static List<CalibrationBin> of(double[] probabilities, boolean[] clicked, int bins) {
        if (probabilities.length != clicked.length) {
            throw new IllegalArgumentException(
                    probabilities.length + " probabilities but " + clicked.length + " labels");
        }
        int[] ascending = IntStream.range(0, clicked.length)
                .boxed()
                .sorted(Comparator.comparingDouble(sample -> probabilities[sample]))
                .mapToInt(Integer::intValue)
                .toArray();
        int count = Math.min(bins, clicked.length);
        return IntStream.range(0, count)
                .mapToObj(bin -> {
                    int from = (int) ((long) bin * ascending.length / count);
                    int to = (int) ((long) (bin + 1) * ascending.length / count);
                    return of(probabilities, clicked, Arrays.copyOfRange(ascending, from, to));
                })
                .toList();
    }

    private static CalibrationBin of(double[] probabilities, boolean[] clicked, int[] samples) {
        return new CalibrationBin(
                IntStream.of(samples)
                        .mapToDouble(sample -> probabilities[sample])
                        .average()
                        .orElseThrow(),
                (double) IntStream.of(samples).filter(sample -> clicked[sample]).count() / samples.length,
                samples.length);
    }

    /**
     * The expected calibration error: |predicted - observed|, averaged over bins by their samples.
     *
     * @return in [0, 1]; NaN if there is no sample
     */
    public static double expectedError(List<CalibrationBin> bins) {
        double sum = 0;
        long samples = 0;
        for (CalibrationBin bin : bins) {
            sum += bin.samples * Math.abs(bin.predicted - bin.observed);
            samples += bin.samples;
        }
        return sum / samples;
    }
}
