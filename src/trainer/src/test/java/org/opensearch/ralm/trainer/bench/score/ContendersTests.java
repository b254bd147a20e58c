package org.opensearch.ralm.trainer.bench.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.block.SeedBlockCodec;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.trainer.bench.BenchModel;

class ContendersTests {

    private static final int DIMENSION = 8;
    private static final ScoreOptions OPTIONS =
            new ScoreOptions(List.of(20_000), DIMENSION, 3, 200, 1, 0, Path.of("somewhere"));
    private static final LookalikeModel MODEL = new LookalikeModel(new BenchModel(DIMENSION, 3).artifact());

    @Test
    void allScoreTheWholeIndexButTheSlowestWhoScoreItsFirstDocuments() {
        for (Contender contender : new Contenders("candidates", 20_000, MODEL, OPTIONS).all()) {
            JsonNode search = contender.search(new float[DIMENSION]);
            boolean slow = contender.name().equals(Contenders.PAINLESS)
                    || contender.name().equals(Contenders.LATE_INTERACTION);
            assertEquals(slow ? 10_000 : 20_000, contender.documents(), contender.name());
            assertEquals(slow, search.findPath("range").isMissingNode() == false, contender.name());
            assertTrue(search.path("track_total_hits").asBoolean(), contender.name());
            assertEquals(false, search.path("_source").asBoolean(true), contender.name());
        }
    }

    @Test
    void documentsHoldTheSameClustersInAllForms() {
        CandidateDocuments documents = new CandidateDocuments(MODEL, OPTIONS);
        JsonNode document = documents.document(7, true);
        assertEquals(document, documents.document(7, true));
        SeedBlock block = SeedBlockCodec.decode(base64(document, ScoreIndex.FLOAT32));
        SeedBlock int8 = SeedBlockCodec.decode(base64(document, ScoreIndex.INT8));
        assertEquals(3, block.clusters().count());
        for (int j = 0; j < 3; j++) {
            for (int d = 0; d < DIMENSION; d++) {
                float value = block.clusters().centroid(j)[d];
                assertEquals(value, document.at("/vectors/" + j + "/" + d).floatValue());
                assertEquals(value, int8.clusters().centroid(j)[d], 0.005);
            }
        }
        for (int d = 0; d < DIMENSION; d++) {
            assertEquals(
                    block.global()[d], document.path(ScoreIndex.VECTOR).get(d).floatValue());
        }
        assertEquals(4 * 3 * (DIMENSION + 1), base64(document, ScoreIndex.CLUSTERS).length);
        assertTrue(documents.document(7, false).has(ScoreIndex.CLUSTERS) == false);
    }

    private static byte[] base64(JsonNode document, String field) {
        return Base64.getDecoder().decode(document.path(field).asText());
    }
}
