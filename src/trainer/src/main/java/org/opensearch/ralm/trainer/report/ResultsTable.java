package org.opensearch.ralm.trainer.report;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The rows as an HTML table: mean ± standard deviation, the best of each column marked. */
final class ResultsTable {

    /**
     * A column.
     *
     * @param title what people read
     * @param name the figure's name in JSON, by which its standard deviation is found
     * @param format of a value
     * @param higherIsBetter whether the largest is the best; otherwise it is the smallest
     * @param value the figure itself
     */
    private record Column(
            String title, String name, String format, boolean higherIsBetter, ToDoubleFunction<Row> value) {

        /** Where all are equal none is the best. */
        boolean isBest(Row row, List<Row> rows) {
            DoubleSummaryStatistics all =
                    rows.stream().mapToDouble(value).filter(Double::isFinite).summaryStatistics();
            double best = higherIsBetter ? all.getMax() : all.getMin();
            return value.applyAsDouble(row) == best && all.getMin() < all.getMax();
        }
    }

    private static final String SHARE = "%.4f";
    private static final List<Column> COLUMNS = List.of(
            new Column("AUC", "auc", SHARE, true, Row::auc),
            new Column("GAUC", "gauc", SHARE, true, Row::gauc),
            new Column("AUC, known items", "auc_known_items", SHARE, true, Row::aucKnownItems),
            new Column("AUC, new items", "auc_new_items", SHARE, true, Row::aucNewItems),
            new Column("prec@10", "prec_at_10", SHARE, true, Row::precAt10),
            new Column("prec@50", "prec_at_50", SHARE, true, Row::precAt50),
            new Column("Gini", "gini", "%.3f", false, Row::gini),
            new Column("categories", "category_diversity", "%.2f", true, Row::categoryDiversity),
            new Column("tags", "tag_diversity", "%.2f", true, Row::tagDiversity),
            new Column("exposure", "exposure", "%,.0f", true, Row::exposure),
            new Column("long tail", "long_tail_share", "%.3f", true, Row::longTailShare));

    private ResultsTable() {}

    static String of(List<Row> rows) {
        StringBuilder html = new StringBuilder("<div class=\"wide\"><table>\n<thead><tr><th>model</th>");
        COLUMNS.forEach(column -> html.append("<th>").append(column.title()).append("</th>"));
        html.append("<th>trainings</th></tr></thead>\n<tbody>\n");
        for (Row row : rows) {
            html.append("<tr><th>").append(Markup.text(row.model())).append("</th>");
            COLUMNS.forEach(column -> html.append(cell(column, row, rows)));
            html.append("<td>").append(row.seeds()).append("</td></tr>\n");
        }
        return html.append("</tbody>\n</table></div>\n").toString();
    }

    private static String cell(Column column, Row row, List<Row> rows) {
        double value = column.value().applyAsDouble(row);
        if (Double.isNaN(value)) {
            return "<td>–</td>";
        }
        String mean = String.format(Locale.ROOT, column.format(), value);
        Double sd = row.sd().get(column.name());
        String spread = sd == null ? "" : String.format(Locale.ROOT, " <small>± " + column.format() + "</small>", sd);
        return (column.isBest(row, rows) ? "<td class=\"best\">" : "<td>") + mean + spread + "</td>";
    }
}
