package org.opensearch.ralm.trainer.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.opensearch.ralm.trainer.live.Quantiles;

/**
 * Our k-means beside a library's.
 *
 * @param ours each of our runs
 * @param library each of the library's
 */
record KMeansRatio(List<Run> ours, List<Run> library) {

    /**
     * One clustering.
     *
     * @param seconds how long it took
     * @param inertia the sum of squared distances of the points to their nearest centroids
     */
    record Run(double seconds, double inertia) {}

    /** The median time of ours / the library's. */
    double time() {
        return median(ours, Run::seconds) / median(library, Run::seconds);
    }

    /** The median inertia of ours / the library's. */
    double inertia() {
        return median(ours, Run::inertia) / median(library, Run::inertia);
    }

    void describe(ObjectNode json) {
        json.put("kmeans_ratio", time()).put("kmeans_inertia_ratio", inertia());
        json.put("kmeans_seconds", median(ours, Run::seconds));
        json.put("kmeans_library", KMeansComparison.LIBRARY);
        json.put("kmeans_library_seconds", median(library, Run::seconds));
    }

    private static double median(List<Run> runs, ToDoubleFunction<Run> value) {
        return new Quantiles(runs.stream().mapToDouble(value).toArray()).at(0.5);
    }
}
