package org.opensearch.ralm.plugin.model;

import java.util.List;
import java.util.Map;
import org.opensearch.ralm.artifact.ModelArtifact;
import org.opensearch.ralm.plugin.RalmIntegTestCase;
import org.opensearch.ralm.plugin.TestModels;

public class ModelApiTests extends RalmIntegTestCase {

    public void testModelIsUploadedShownListedAndDeleted() throws Exception {
        assertEquals(Map.of("models", List.of()), get("/_plugins/_ralm/models"));
        ModelArtifact artifact = artifact("m1", 1);
        assertEquals(
                "created",
                put("/_plugins/_ralm/models/m1", TestModels.upload(artifact)).get("result"));
        Map<String, Object> shown = get("/_plugins/_ralm/models/m1");
        assertEquals(DIMENSION, shown.get("dimension"));
        assertEquals(Long.toHexString(artifact.manifest().fingerprint()), shown.get("fingerprint"));
        assertEquals(artifact.manifest().weightsSha256(), at(shown, "model.weights_sha256"));
        assertEquals("m1", at(get("/_plugins/_ralm/models"), "models.0.id"));
        assertEquals(
                "deleted", call("DELETE", "/_plugins/_ralm/models/m1", null).get("result"));
        assertRefused(404, "GET", "/_plugins/_ralm/models/m1", null, "model [m1] does not exist");
        assertRefused(404, "DELETE", "/_plugins/_ralm/models/m1", null, "model [m1] does not exist");
    }

    public void testModelNeverChanges() throws Exception {
        upload(artifact("m1", 1));
        assertEquals(
                "unchanged",
                put("/_plugins/_ralm/models/m1", TestModels.upload(artifact("m1", 1)))
                        .get("result"));
        assertRefused(
                409,
                "PUT",
                "/_plugins/_ralm/models/m1",
                TestModels.upload(artifact("m1", 2)),
                "model [m1] is there already");
    }

    public void testModelOfWrongChecksumIsRefused() throws Exception {
        String body = TestModels.upload(artifact("m1", 1));
        String other = TestModels.upload(artifact("m1", 2));
        String mixed = body.substring(0, body.indexOf("\"weights\"")) + other.substring(other.indexOf("\"weights\""));
        assertRefused(400, "PUT", "/_plugins/_ralm/models/m1", mixed, "their SHA-256 is", "[weights_sha256]");
    }

    public void testFaultyUploadsAreRefused() throws Exception {
        String body = TestModels.upload(artifact("m1", 1));
        assertRefused(400, "PUT", "/_plugins/_ralm/models/m2", body, "the path names model [m2]", "[m1]");
        assertRefused(400, "PUT", "/_plugins/_ralm/models/m1", "{\"weights\":\"AAAA\"}", "[model] is missing");
        assertRefused(400, "PUT", "/_plugins/_ralm/models/m1", "{\"model\":{}}", "[weights] is missing");
        assertRefused(400, "PUT", "/_plugins/_ralm/models/m1", "{\"modell\":{}}", "[modell] is not a known member");
        assertRefused(
                400, "PUT", "/_plugins/_ralm/models/m1", "{\"model\":{},\"weights\":\"%\"}", "[weights] is not base64");
        assertRefused(400, "PUT", "/_plugins/_ralm/models/m1", null, "body");
    }

    public void testModelThatIsTooLargeIsRefused() throws Exception {
        put("/_cluster/settings", "{\"transient\":{\"plugins.ralm.model.max_size\":\"1kb\"}}");
        try {
            assertRefused(
                    400,
                    "PUT",
                    "/_plugins/_ralm/models/m1",
                    TestModels.upload(artifact("m1", 1)),
                    "[plugins.ralm.model.max_size] allows 1024");
        } finally {
            put("/_cluster/settings", "{\"transient\":{\"plugins.ralm.model.max_size\":null}}");
        }
    }

    public void testOneModelTooManyIsRefused() throws Exception {
        upload(artifact("m1", 1));
        put("/_cluster/settings", "{\"transient\":{\"plugins.ralm.model.max_count\":2}}");
        try {
            upload(artifact("m2", 2));
            assertRefused(
                    400,
                    "PUT",
                    "/_plugins/_ralm/models/m3",
                    TestModels.upload(artifact("m3", 3)),
                    "model [m3] would be one more than the 2 that [plugins.ralm.model.max_count] allows");
            assertEquals(
                    "unchanged",
                    put("/_plugins/_ralm/models/m2", TestModels.upload(artifact("m2", 2)))
                            .get("result"));
        } finally {
            put("/_cluster/settings", "{\"transient\":{\"plugins.ralm.model.max_count\":null}}");
        }
    }

    public void testModelInUseIsNotDeleted() throws Exception {
        upload(artifact("m1", 1));
        createFeed("news", "articles", "users", "m1");
        assertRefused(409, "DELETE", "/_plugins/_ralm/models/m1", null, "model [m1] is in use by feeds [news]");
        call("DELETE", "/_plugins/_ralm/feeds/news", null);
        assertEquals(
                "deleted", call("DELETE", "/_plugins/_ralm/models/m1", null).get("result"));
    }
}
