package org.opensearch.ralm.trainer.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTests {

    @TempDir
    Path directory;

    @Test
    void pageNeedsNothingButItself() throws IOException {
        String page = page(SampleReport.FULL);

        assertFalse(page.contains("<script"), "a script");
        assertFalse(page.contains("<link"), "a link to a file");
        List<String> addresses = Pattern.compile("(?:href|src|url)[=(]\"?([^\")]*)")
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .filter(address -> !address.startsWith("#"))
                .toList();
        assertEquals(List.of("report.json"), addresses);
    }

    @Test
    void everyPartHasItsChart() throws IOException {
        String page = page(SampleReport.FULL);

        for (String title : List.of(
                "AUC, look-alike phase",
                "AUC, user representation phase",
                "Loss, look-alike phase",
                "Loss, user representation phase",
                "AUC and K",
                "Precision and K",
                "Attention weights of the fields",
                "Calibration",
                "Scores of clicks and negatives")) {
            assertTrue(page.contains("aria-label=\"" + title + "\""), title);
        }
    }

    @Test
    void idsOfAllChartsDiffer() throws IOException {
        List<String> ids = Pattern.compile(" id=\"([^\"]*)\"")
                .matcher(page(SampleReport.FULL))
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();

        assertFalse(ids.isEmpty());
        assertEquals(ids.size(), ids.stream().distinct().count());
    }

    @Test
    void bestOfEachColumnIsMarkedAndWhatIsMissingIsADash() throws IOException {
        String page = page(SampleReport.FULL);

        assertTrue(page.contains("<td class=\"best\">0.6412 <small>± 0.0040</small></td>"), "the best AUC");
        assertTrue(page.contains("<td class=\"best\">0.1592</td>"), "the best prec@10");
        assertTrue(page.contains("<td>–</td>"), "a figure that was not measured");
        assertFalse(page.contains("<td class=\"best\">51,234</td>"), "a figure in which all are equal");
    }

    @Test
    void partsThatWereNotMeasuredAreLeftOut() throws IOException {
        Report bare = new Report(
                "a <b>",
                "ralm evaluate",
                1,
                1,
                72,
                0,
                SampleReport.FULL.rows(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                1,
                1,
                Map.of());

        String page = page(bare);

        assertFalse(page.contains("<svg"));
        assertTrue(page.contains("<h1>a &lt;b&gt;</h1>"));
    }

    @Test
    void jsonLiesBesideThePage() throws IOException {
        page(SampleReport.FULL);

        assertEquals(SampleReport.FULL, ReportJson.read(directory.resolve("new/report.json")));
    }

    private String page(Report report) throws IOException {
        Path target = directory.resolve("new");
        HtmlReport.write(report, target);
        return Files.readString(target.resolve("report.html"));
    }
}
