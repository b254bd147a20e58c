package org.opensearch.ralm.plugin.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.opensearch.ralm.artifact.LookalikeForm;
import org.opensearch.ralm.artifact.ModelManifest;
import org.opensearch.ralm.plugin.TestModels;
import org.opensearch.ralm.plugin.metrics.LoggedDocument;

class ModelDocumentTests {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static Map<String, Object> logged(String training) throws IOException {
        JsonNode manifest = TestModels.artifact("m1", 8, LookalikeForm.DEFAULT, new Random(1))
                .manifest()
                .toJson();
        if (training != null) {
            ((ObjectNode) manifest).set("training", JSON.readTree(training));
        }
        return LoggedDocument.of(new ModelDocument(ModelManifest.parse(manifest)));
    }

    @Test
    void whatTheTrainingHasReachedIsLogged() throws IOException {
        Map<String, Object> document = logged(
                """
                {"chosen": {"lookalike": [{"round": 5, "validation_auc": 0.81}]},
                 "validation": {"click_rate": 0.09, "score_mean": 0.5, "score_std": 0.1, "clicked_score_mean": 0.6,
                  "clicked_score_std": 0.2, "more": 1}}""");
        assertEquals("model", document.get("kind"));
        assertEquals("m1", document.get("model"));
        assertEquals(8, document.get("dimension"));
        assertEquals(0.3, document.get("alpha"));
        assertEquals(10.0, document.get("gamma"));
        assertEquals(-3.0, document.get("bias"));
        assertEquals(0.81, document.get("auc"));
        assertEquals(0.09, document.get("click_rate"));
        assertEquals(0.2, document.get("clicked_score_std"));
    }

    @Test
    void aRecordOfAnotherKindIsPassedOver() throws IOException {
        for (String training : new String[] {
            null,
            "{}",
            "7",
            "[{\"chosen\": 1}]",
            "{\"chosen\": {\"lookalike\": []}, \"validation\": [0.5]}",
            "{\"chosen\": {\"lookalike\": [{\"validation_auc\": \"high\"}]}, \"validation\": {\"score_mean\": {}}}"
        }) {
            Map<String, Object> document = logged(training);
            assertEquals("m1", document.get("model"), training);
            assertFalse(document.containsKey("auc"), training);
            assertFalse(document.containsKey("score_mean"), training);
        }
    }
}
