package org.opensearch.ralm.trainer.report;

import java.awt.BasicStroke;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The charts of the report. */
final class Charts {

    private static final BasicStroke DASHED =
            new BasicStroke(1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {5, 4}, 0);

    private Charts() {}

    /** The area under the curve of what is held out against batches, a line a model. */
    static XYChart auc(String title, List<Curve> curves) {
        XYChart chart = Style.xy(title, "batches", "AUC on held-out clicks");
        for (Curve curve : curves) {
            addLine(chart, curve.model(), curve.points(), Curve.Point::auc);
        }
        chart.getStyler().setYAxisDecimalPattern("0.000");
        return chart;
    }

    /** The losses against batches: a line a model for what is held out and a dashed one for what is learned. */
    static XYChart loss(String title, List<Curve> curves) {
        XYChart chart = Style.xy(title, "batches", "loss (nats a click)");
        for (Curve curve : curves) {
            addLine(chart, curve.model(), curve.points(), Curve.Point::validationLoss);
        }
        for (int i = 0; i < curves.size(); i++) {
            Curve curve = curves.get(i);
            XYSeries learned = addLine(chart, curve.model() + ", learned", curve.points(), Curve.Point::loss);
            learned.setMarker(SeriesMarkers.NONE);
            learned.setShowInLegend(false);
            learned.setLineColor(Style.color(i)).setLineStyle(DASHED);
        }
        chart.getStyler().setYAxisDecimalPattern("0.00");
        return chart;
    }

    private static XYSeries addLine(
            XYChart chart, String name, List<Curve.Point> points, ToDoubleFunction<Curve.Point> value) {
        return chart.addSeries(
                name,
                points.stream().mapToDouble(Curve.Point::batches).toArray(),
                points.stream().mapToDouble(value).toArray());
    }

    /** Area under the curve against K; the values of K stand at equal distances. */
    static CategoryChart aucByClusters(List<SweepPoint> sweep) {
        CategoryChart chart = Style.category("AUC and K", "K, clusters a candidate", "area under the curve");
        addLine(chart, "AUC", sweep, SweepPoint::auc);
        addLine(chart, "AUC by user (GAUC)", sweep, SweepPoint::gauc);
        spanValues(chart);
        return chart;
    }

    /** prec@10 and prec@50 against K. */
    static CategoryChart precisionByClusters(List<SweepPoint> sweep) {
        CategoryChart chart = Style.category("Precision and K", "K, clusters a candidate", "precision");
        addLine(chart, "prec@10", sweep, SweepPoint::precAt10);
        addLine(chart, "prec@50", sweep, SweepPoint::precAt50);
        spanValues(chart);
        return chart;
    }

    private static void addLine(
            CategoryChart chart, String name, List<SweepPoint> sweep, ToDoubleFunction<SweepPoint> value) {
        chart.addSeries(
                        name,
                        sweep.stream().map(SweepPoint::clusters).toList(),
                        sweep.stream().map(value::applyAsDouble).toList())
                .setChartCategorySeriesRenderStyle(CategorySeriesRenderStyle.Line);
    }

    /** Bars would begin at 0 and stand side by side; lines need neither. */
    private static void spanValues(CategoryChart chart) {
        DoubleSummaryStatistics values = chart.getSeriesMap().values().stream()
                .flatMap(series -> series.getYData().stream())
                .mapToDouble(Number::doubleValue)
                .filter(Double::isFinite)
                .summaryStatistics();
        double margin = Math.max(0.001, 0.1 * (values.getMax() - values.getMin()));
        chart.getStyler().setOverlapped(true);
        chart.getStyler().setYAxisMin(values.getMin() - margin);
        chart.getStyler().setYAxisMax(values.getMax() + margin);
        chart.getStyler().setYAxisDecimalPattern("0.000");
    }

    /** Mean attention weight of each field, with the spread between users. */
    static CategoryChart fields(List<FieldAttention> fields) {
        CategoryChart chart = Style.category("Attention weights of the fields", "field", "mean weight");
        chart.addSeries(
                "mean over users, ± sd between them",
                fields.stream().map(FieldAttention::field).toList(),
                fields.stream().map(FieldAttention::weight).toList(),
                fields.stream().map(FieldAttention::sd).toList());
        chart.getStyler().setAvailableSpaceFill(0.6);
        chart.getStyler().setXAxisLabelRotation(fields.size() > 5 ? 35 : 0);
        chart.getStyler().setYAxisMin(0.0);
        chart.getStyler().setYAxisDecimalPattern("0.0#");
        return chart;
    }

    /** Observed against predicted click rates; on the diagonal they are equal. */
    static XYChart calibration(List<CalibrationBin> bins) {
        XYChart chart = Style.xy("Calibration", "predicted click rate", "observed click rate");
        double[] predicted =
                bins.stream().mapToDouble(CalibrationBin::predicted).toArray();
        double[] observed = bins.stream().mapToDouble(CalibrationBin::observed).toArray();
        double largest = Math.max(
                Arrays.stream(predicted).max().orElse(1),
                Arrays.stream(observed).max().orElse(1));
        chart.addSeries("RALM, tenths of the samples", predicted, observed);
        XYSeries perfect = chart.addSeries("perfect", new double[] {0, largest}, new double[] {0, largest});
        perfect.setMarker(SeriesMarkers.NONE);
        perfect.setLineColor(Style.FAINT).setLineStyle(DASHED);
        chart.getStyler().setXAxisMin(0.0).setYAxisMin(0.0);
        chart.getStyler().setDecimalPattern("0.00");
        return chart;
    }

    /** How the scores of clicks and of negatives are spread. */
    static XYChart scores(List<ScoreBin> bins) {
        XYChart chart = Style.xy("Scores of clicks and negatives", "score", "share of samples");
        addSteps(chart, "clicks", bins, ScoreBin::clicks, 0);
        addSteps(chart, "negatives", bins, ScoreBin::negatives, 1);
        chart.getStyler().setYAxisMin(0.0);
        chart.getStyler().setXAxisDecimalPattern("0.0#").setYAxisDecimalPattern("0.00#");
        return chart;
    }

    private static void addSteps(
            XYChart chart, String name, List<ScoreBin> bins, ToDoubleFunction<ScoreBin> share, int series) {
        double[] x = new double[bins.size() + 1];
        double[] y = new double[bins.size() + 1];
        for (int i = 0; i < bins.size(); i++) {
            x[i] = bins.get(i).from();
            y[i] = share.applyAsDouble(bins.get(i));
        }
        x[bins.size()] = bins.getLast().to();
        XYSeries steps = chart.addSeries(name, x, y);
        steps.setXYSeriesRenderStyle(XYSeriesRenderStyle.StepArea);
        steps.setMarker(SeriesMarkers.NONE);
        steps.setFillColor(Style.translucent(series));
    }
}
