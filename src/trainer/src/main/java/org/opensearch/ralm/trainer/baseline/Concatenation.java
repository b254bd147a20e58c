package org.opensearch.ralm.trainer.baseline;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.evaluation.Experiment;
import org.opensearch.ralm.trainer.network.Merge;
import org.opensearch.ralm.trainer.training.RepresentationOptions;

/** RALM's representation with all its fields side by side in one embedding instead of merged by attention. */
final class Concatenation {

    private static final double TOLERANCE = 0.1;
    private static final int WIDEST = 4;

    private Concatenation() {}

    /** With as many parameters as RALM's. */
    static RepresentationOptions ofEqualBudget(Experiment experiment) {
        return ofEqualBudget(
                experiment.options().representation(), experiment.setting().dataset());
    }

    /**
     * The options with concatenation; where their budget would be another by more than a tenth, fields are made as wide
     * as brings it nearest.
     */
    static RepresentationOptions ofEqualBudget(RepresentationOptions attention, Dataset dataset) {
        RepresentationOptions same = attention.withMerge(Merge.CONCAT).withDomains(List.of());
        long budget = attention.parameters(dataset);
        if (difference(same, dataset, budget) <= TOLERANCE) {
            return same;
        }
        return IntStream.rangeClosed(1, WIDEST * attention.form().fieldWidth())
                .mapToObj(same::withFieldWidth)
                .min(Comparator.comparingDouble(options -> difference(options, dataset, budget)))
                .orElseThrow();
    }

    private static double difference(RepresentationOptions options, Dataset dataset, long budget) {
        return Math.abs(options.parameters(dataset) / (double) budget - 1);
    }
}
