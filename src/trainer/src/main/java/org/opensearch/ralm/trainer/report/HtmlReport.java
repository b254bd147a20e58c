package org.opensearch.ralm.trainer.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.knowm.xchart.internal.chartpart.Chart;

/**
 * The report as a page for people, {@code report.html}, which needs nothing but itself: no network, no script; and as
 * {@code report.json} beside it. Not safe for use by several threads.
 */
public final class HtmlReport {
    private final Report report;
    private final StringBuilder html = new StringBuilder();
    private int images;

    private HtmlReport(Report report) {
        this.report = report;
    }

    /**
     * Finds out whether charts can be drawn here, before anything is computed in vain.
     *
     * @throws IOException if this machine has no font
     */
    public static void requireFonts() throws IOException {
        System.setProperty("java.awt.headless", "true");
        try {
            Style.requireFont();
        } catch (RuntimeException | LinkageError e) {
            throw new IOException(
                    "the report's charts need a font, and Java finds none on this machine (" + e.getMessage()
                            + "); install fontconfig and a font, e.g. DejaVu",
                    e);
        }
    }

    /**
     * Writes both files; what is there already is replaced.
     *
     * @param directory is made if it is missing
     */
    public static void write(Report report, Path directory) throws IOException {
        requireFonts();
        Files.createDirectories(directory);
        ReportJson.write(report, directory.resolve("report.json"));
        Files.writeString(directory.resolve("report.html"), new HtmlReport(report).page());
    }

    private String page() {
        html.append(
                """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%1$s, ralm evaluate</title>
                <style>
                %2$s</style>
                </head>
                <body>
                <h1>%1$s</h1>
                """
                        .formatted(Markup.text(report.data()), css()));
        paragraph(
                "%,d test clicks in %d blocks of %.0f hours. Made by <code>%s</code>; <a href=\"report.json\">report.json</a> holds "
                        + "the same figures.",
                report.cases(), report.blocks(), report.blockHours(), Markup.text(report.command()));
        results();
        learning();
        clusters();
        fields();
        calibration();
        cost();
        return html.append("</body>\n</html>\n").toString();
    }

    private void results() {
        heading("Results");
        html.append(ResultsTable.of(report.rows()));
        paragraph("Means over trainings with different random seeds, ± standard deviation between them; the best of a "
                + "column is marked. AUC: over all clicks and their negatives, ties one half; GAUC: the mean of the "
                + "users' own; known items had been clicked before the test, new ones were born in it. prec@K: equation (12) of the paper. The other columns look at the first ten places of "
                + "every ranking: Gini coefficient of how often items stand there (lower is more equal), distinct "
                + "categories and tags a user sees, distinct pairs of user and item, and the share of places that go "
                + "to items outside the most popular tenth.");
    }

    private void learning() {
        if (report.curves().isEmpty()) {
            return;
        }
        heading("How the models learn");
        paragraph("Figure 5 of the paper: the merge of a user's fields by attention against concatenation. Lines are "
                + "for clicks held out from training, dashed ones for those that are learned.");
        List<Chart<?, ?>> charts = new ArrayList<>();
        for (Curve.Phase phase : Curve.Phase.values()) {
            List<Curve> curves = report.curves().stream()
                    .filter(curve -> curve.phase() == phase)
                    .toList();
            List<Curve> measured = curves.stream().filter(Curve::hasAuc).toList();
            if (!measured.isEmpty()) {
                charts.add(Charts.auc("AUC, " + phase.words() + " phase", measured));
            }
            if (!curves.isEmpty()) {
                charts.add(Charts.loss("Loss, " + phase.words() + " phase", curves));
            }
        }
        draw(charts);
    }

    private void clusters() {
        if (report.clusterSweep().isEmpty()) {
            return;
        }
        heading("How many clusters");
        paragraph("Figure 6 of the paper: RALM trained with K clusters a candidate.");
        draw(List.of(Charts.aucByClusters(report.clusterSweep()), Charts.precisionByClusters(report.clusterSweep())));
    }

    private void fields() {
        if (report.fields().isEmpty()) {
            return;
        }
        heading("What the merge layer looks at");
        paragraph("The attention weight of each field, equation (7) of the paper: the mean over heads and over users "
                + "who have the field. The weights of one user sum to 1.");
        draw(List.of(Charts.fields(report.fields())));
    }

    private void calibration() {
        if (report.calibration().isEmpty() && report.scores().isEmpty()) {
            return;
        }
        heading("What a score means");
        List<Chart<?, ?>> charts = new ArrayList<>();
        if (!report.calibration().isEmpty()) {
            paragraph(
                    "The probability that the model states, σ(γ·score + b), against the share of clicks among the "
                            + "test samples, in ten bins of equally many samples. Expected calibration error: %.4f.",
                    report.expectedCalibrationError());
            charts.add(Charts.calibration(report.calibration()));
        }
        if (!report.scores().isEmpty()) {
            charts.add(Charts.scores(report.scores()));
        }
        draw(charts);
    }

    private void cost() {
        heading("Cost");
        paragraph(
                "All trainings took %,.0f s and at most %,.0f MB of memory, on the machine that made this report.",
                report.trainSeconds(), report.peakMemoryMb());
        new TreeMap<>(report.samplesPerSecond())
                .forEach((phase, speed) -> paragraph("%s: %,.0f samples a second.", Markup.text(phase), speed));
    }

    private void heading(String text) {
        html.append("<h2>").append(text).append("</h2>\n");
    }

    private void paragraph(String format, Object... values) {
        html.append("<p>").append(String.format(Locale.ROOT, format, values)).append("</p>\n");
    }

    private void draw(List<Chart<?, ?>> charts) {
        html.append("<div class=\"charts\">\n");
        for (Chart<?, ?> chart : charts) {
            html.append(SvgImage.of(chart, "chart" + ++images, chart.getTitle()))
                    .append('\n');
        }
        html.append("</div>\n");
    }

    private static String css() {
        try (InputStream stream = HtmlReport.class.getResourceAsStream("report.css")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
