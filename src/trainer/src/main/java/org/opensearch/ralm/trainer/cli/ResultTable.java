package org.opensearch.ralm.trainer.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.evaluation.Metric;
import org.opensearch.ralm.trainer.evaluation.Result;
import org.opensearch.ralm.trainer.evaluation.TestBlock;
import org.opensearch.ralm.trainer.report.SweepPoint;

/** Results as people read them in a terminal. */
final class ResultTable {

    private final PrintWriter out;
    private final int maxUsers;

    /**
     * @param maxUsers at most so many users of a block were tested
     */
    ResultTable(PrintWriter out, int maxUsers) {
        this.out = out;
        this.maxUsers = maxUsers;
    }

    /**
     * Prints means, and where there are several random seeds the standard deviations below them.
     *
     * @param sweep what other numbers of clusters reach; may be empty
     */
    void print(Dataset data, List<TestBlock> blocks, List<Result> results, List<SweepPoint> sweep) {
        int cases = blocks.stream().mapToInt(TestBlock::cases).sum();
        out.printf(
                Locale.ROOT,
                "%n%s: %,d test clicks in %d blocks of %.0f hours%n",
                data.name(),
                cases,
                blocks.size(),
                data.timing().blockHours());
        if (blocks.stream().anyMatch(this::isFull)) {
            out.printf(Locale.ROOT, "of %,d users of a block at most, drawn at random%n", maxUsers);
        }
        out.printf("%n%-20s", "");
        for (Metric metric : Metric.values()) {
            out.printf(" %10s", metric.title());
        }
        out.println();
        for (Result result : results) {
            printRow(result.model(), result::mean);
            if (result.seeds() > 1) {
                printRow("  ± of " + result.seeds() + " seeds", result::sd);
            }
        }
        out.println();
        for (Result result : results) {
            result.remarks().forEach(remark -> out.println(result.model() + ": " + remark));
        }
        sweep.forEach(this::print);
        out.flush();
    }

    private boolean isFull(TestBlock block) {
        return IntStream.of(block.users()).distinct().count() == maxUsers;
    }

    private void printRow(String name, ToDoubleFunction<Metric> figures) {
        out.printf("%-20s", name);
        for (Metric metric : Metric.values()) {
            out.print(figure(metric, figures.applyAsDouble(metric)));
        }
        out.println();
    }

    private void print(SweepPoint point) {
        out.printf(
                Locale.ROOT,
                "K = %-3d %12s %10.4f %10.4f %10.4f %10.4f%n",
                point.clusters(),
                "",
                point.auc(),
                point.gauc(),
                point.precAt10(),
                point.precAt50());
    }

    private static String figure(Metric metric, double value) {
        if (Double.isNaN(value)) {
            return String.format(" %10s", "-");
        }
        return String.format(Locale.ROOT, metric == Metric.EXPOSURE ? " %,10.0f" : " %10.4f", value);
    }
}
