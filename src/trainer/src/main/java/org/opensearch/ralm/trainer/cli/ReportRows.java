package org.opensearch.ralm.trainer.cli;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.opensearch.ralm.trainer.evaluation.Metric;
import org.opensearch.ralm.trainer.evaluation.Result;
import org.opensearch.ralm.trainer.report.Row;

/** Results as the report has them. */
final class ReportRows {

    private ReportRows() {}

    static List<Row> of(List<Result> results) {
        return results.stream().map(ReportRows::row).toList();
    }

    private static Row row(Result result) {
        return new Row(
                result.model(),
                result.mean(Metric.AUC),
                result.mean(Metric.GAUC),
                result.mean(Metric.AUC_KNOWN_ITEMS),
                result.mean(Metric.AUC_NEW_ITEMS),
                result.mean(Metric.PREC_AT_10),
                result.mean(Metric.PREC_AT_50),
                result.mean(Metric.GINI),
                result.mean(Metric.CATEGORY_DIVERSITY),
                result.mean(Metric.TAG_DIVERSITY),
                Math.round(result.mean(Metric.EXPOSURE)),
                result.mean(Metric.LONG_TAIL_SHARE),
                result.seeds(),
                deviations(result));
    }

    private static Map<String, Double> deviations(Result result) {
        Map<String, Double> deviations = new TreeMap<>();
        for (Metric metric : Metric.values()) {
            if (result.seeds() > 1) {
                deviations.put(metric.key(), result.sd(metric));
            }
        }
        return deviations;
    }
}
