package org.opensearch.ralm.trainer.cli;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.opensearch.ralm.trainer.baseline.Contenders;
import org.opensearch.ralm.trainer.evaluation.Comparison;
import org.opensearch.ralm.trainer.evaluation.Metric;
import org.opensearch.ralm.trainer.evaluation.Result;
import org.opensearch.ralm.trainer.report.SweepPoint;

/** What RALM reaches with other numbers of clusters, all else equal, with the first random seed. */
final class ClusterSweep {

    private static final int[] CLUSTERS = {1, 5, 10, 20, 50, 100};

    private ClusterSweep() {}

    static List<SweepPoint> of(Comparison comparison) {
        List<Result> results = comparison.run(
                Arrays.stream(CLUSTERS).mapToObj(Contenders::withClusters).toList(), 1);
        return IntStream.range(0, CLUSTERS.length)
                .mapToObj(i -> point(CLUSTERS[i], results.get(i)))
                .toList();
    }

    private static SweepPoint point(int clusters, Result result) {
        return new SweepPoint(
                clusters,
                result.mean(Metric.AUC),
                result.mean(Metric.GAUC),
                result.mean(Metric.PREC_AT_10),
                result.mean(Metric.PREC_AT_50));
    }
}
