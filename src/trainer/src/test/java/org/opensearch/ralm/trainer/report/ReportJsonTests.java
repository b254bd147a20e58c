package org.opensearch.ralm.trainer.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportJsonTests {

    @TempDir
    Path directory;

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        Path file = directory.resolve("report.json");

        ReportJson.write(SampleReport.FULL, file);

        assertEquals(SampleReport.FULL, ReportJson.read(file));
    }

    @Test
    void namesAreThoseOfTheFormat() throws IOException {
        JsonNode json = written(SampleReport.FULL);

        assertEquals(
                Set.of(
                        "data",
                        "command",
                        "cases",
                        "blocks",
                        "block_hours",
                        "pool_hours",
                        "rows",
                        "curves",
                        "cluster_sweep",
                        "fields",
                        "calibration",
                        "scores",
                        "train_seconds",
                        "peak_memory_mb",
                        "samples_per_second",
                        "expected_calibration_error"),
                names(json));
        assertEquals(
                Set.of(
                        "model",
                        "auc",
                        "gauc",
                        "auc_known_items",
                        "auc_new_items",
                        "prec_at_10",
                        "prec_at_50",
                        "gini",
                        "category_diversity",
                        "tag_diversity",
                        "exposure",
                        "long_tail_share",
                        "seeds",
                        "sd"),
                names(json.at("/rows/0")));
        assertEquals(Set.of("clusters", "auc", "gauc", "prec_at_10", "prec_at_50"), names(json.at("/cluster_sweep/0")));
        assertEquals(Set.of("batches", "loss", "validation_loss", "auc"), names(json.at("/curves/0/points/0")));
        assertEquals(0.004, json.at("/rows/0/sd/auc").doubleValue());
        assertEquals(5_400, json.at("/samples_per_second/representation").doubleValue());
    }

    @Test
    void whatWasNotMeasuredIsNull() throws IOException {
        assertTrue(written(SampleReport.FULL).at("/rows/2/tag_diversity").isNull());
    }

    @Test
    void calibrationErrorIsTheMeanDistanceBySamples() {
        List<CalibrationBin> bins = List.of(new CalibrationBin(0.1, 0.2, 300), new CalibrationBin(0.5, 0.3, 100));

        assertEquals((300 * 0.1 + 100 * 0.2) / 400, CalibrationBin.expectedError(bins), 1e-12);
        assertTrue(Double.isNaN(CalibrationBin.expectedError(List.of())));
    }

    private JsonNode written(Report report) throws IOException {
        Path file = directory.resolve("written.json");
        ReportJson.write(report, file);
        return new ObjectMapper().readTree(file.toFile());
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
