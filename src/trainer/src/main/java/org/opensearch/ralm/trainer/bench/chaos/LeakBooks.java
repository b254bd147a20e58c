package org.opensearch.ralm.trainer.bench.chaos;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Compares what each process held at first with what it held at last; a process that ended is out. */
final class LeakBooks {

    private final Map<Long, List<Sample>> samples = new LinkedHashMap<>();
    private double latest;

    /**
     * What a process held.
     *
     * @param node its name
     * @param second when, since the load began
     */
    private record Sample(String node, double second, ProcessUse use) {}

    /** Enters what a process holds. */
    void enter(String node, long pid, double second, ProcessUse use) {
        samples.computeIfAbsent(pid, none -> new ArrayList<>()).add(new Sample(node, second, use));
        latest = second;
    }

    /** By how many percent the heap in use grew in the process in which it grew most. */
    double heapGrowthPercent() {
        return survivors().stream()
                .mapToDouble(all -> 100
                        * (last(all).use.heapMegabytes() / all.getFirst().use.heapMegabytes() - 1))
                .max()
                .orElse(Double.NaN);
    }

    /** By how many threads the process grew that grew most. */
    double threadsGrowth() {
        return growth(ProcessUse::threads);
    }

    /** By how many open files and sockets the process grew that grew most. */
    double handlesGrowth() {
        return growth(ProcessUse::handles);
    }

    /** Adds the figures and each process they come from. */
    void describe(ObjectNode json) {
        json.put("heap_growth_percent", heapGrowthPercent());
        json.put("threads_growth", threadsGrowth()).put("handles_growth", handlesGrowth());
        ArrayNode processes = json.putArray("processes");
        for (List<Sample> all : survivors()) {
            ObjectNode process = processes.addObject().put("node", all.getFirst().node);
            ArrayNode times = process.putArray("samples");
            for (Sample sample : all) {
                times.addObject()
                        .put("at_s", Math.round(sample.second))
                        .put("heap_mb", sample.use.heapMegabytes())
                        .put("threads", sample.use.threads())
                        .put("handles", sample.use.handles());
            }
        }
    }

    private double growth(ToDoubleFunction<ProcessUse> figure) {
        return survivors().stream()
                .mapToDouble(all -> figure.applyAsDouble(last(all).use) - figure.applyAsDouble(all.getFirst().use))
                .max()
                .orElse(Double.NaN);
    }

    private List<List<Sample>> survivors() {
        return samples.values().stream()
                .filter(all -> all.size() > 1 && last(all).second == latest)
                .toList();
    }

    private static Sample last(List<Sample> all) {
        return all.getLast();
    }
}
