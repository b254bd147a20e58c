package org.opensearch.ralm.trainer.evaluation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a contender reached with each random seed. Not thread-safe while it grows.
 */
public final class Result {

    private final String model;
    private final List<Map<Metric, Double>> runs = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    Result(String model) {
        this.model = model;
    }

    void add(Metric.Observation observation) {
        Map<Metric, Double> run = new EnumMap<>(Metric.class);
        for (Metric metric : Metric.values()) {
            run.put(metric, metric.of(observation));
        }
        runs.add(run);
    }

    void remark(String remark) {
        if (remarks.contains(remark) == false) {
            remarks.add(remark);
        }
    }

    /** The contender's name. */
    public String model() {
        return model;
    }

    /** With how many random seeds it was measured. */
    public int seeds() {
        return runs.size();
    }

    /** What to know beside the figures. */
    public List<String> remarks() {
        return List.copyOf(remarks);
    }

    /** The mean over random seeds. */
    public double mean(Metric metric) {
        return runs.stream().mapToDouble(run -> run.get(metric)).average().orElse(Double.NaN);
    }

    /** The standard deviation between random seeds, that of a sample; NaN for one seed. */
    public double sd(Metric metric) {
        double mean = mean(metric);
        double squares = runs.stream()
                .mapToDouble(run -> Math.pow(run.get(metric) - mean, 2))
                .sum();
        return runs.size() > 1 ? Math.sqrt(squares / (runs.size() - 1)) : Double.NaN;
    }
}
