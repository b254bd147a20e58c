package org.opensearch.ralm.trainer.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.opensearch.ralm.trainer.evaluation.Metric;
import org.opensearch.ralm.trainer.evaluation.Result;
import org.opensearch.ralm.trainer.evaluation.TestBlock;

/** Results as people read them in a terminal. */
final class ResultTable {

    private final PrintWriter out;

    ResultTable(PrintWriter out) {
        this.out = out;
    }

    /** Prints means, and where there are several random seeds the standard deviations below them. */
    void print(String data, List<TestBlock> blocks, List<Result> results) {
        int cases = blocks.stream().mapToInt(TestBlock::cases).sum();
        out.printf(Locale.ROOT, "%n%s: %,d test clicks in %d blocks%n%n%-20s", data, cases, blocks.size(), "");
        for (Metric metric : Metric.values()) {
            out.printf(" %10s", metric.title());
        }
        out.println();
        for (Result result : results) {
            out.printf("%-20s", result.model());
            for (Metric metric : Metric.values()) {
                out.print(figure(metric, result.mean(metric)));
            }
            out.println();
            if (result.seeds() > 1) {
                out.printf("%-20s", "  ± of " + result.seeds() + " seeds");
                for (Metric metric : Metric.values()) {
                    out.print(figure(metric, result.sd(metric)));
                }
                out.println();
            }
        }
        out.println();
        for (Result result : results) {
            result.remarks().forEach(remark -> out.println(result.model() + ": " + remark));
        }
        out.flush();
    }

    private static String figure(Metric metric, double value) {
        if (Double.isNaN(value)) {
            return String.format(" %10s", "-");
        }
        return String.format(Locale.ROOT, metric == Metric.EXPOSURE ? " %,10.0f" : " %10.4f", value);
    }
}
