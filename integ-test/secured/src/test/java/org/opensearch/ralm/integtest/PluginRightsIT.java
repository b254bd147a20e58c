package org.opensearch.ralm.integtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the plugin does on its own it does as itself, with the rights that it declares; nobody else has its indices. */
@ExtendWith(SecuredServerProvider.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PluginRightsIT {
    private static final String FEEDS = "/.plugins-ralm-feeds";

    /** Registered by k-NN, so that the plugin has no rights on it, whatever it declares. */
    private static final String FOREIGN = ".opensearch-knn-models";

    private SecuredServer server;
    private SecuredFeed feed;

    @BeforeAll
    void setUp(SecuredServer shared) {
        server = shared;
        feed = SecuredFeed.create(server, "own");
    }

    @Test
    void theRefreshCountsAndLogsItsCycles() {
        Await.until(() -> {
            JsonNode found = server.admin()
                    .get("/_cat/indices/ralm-metrics-*?format=json")
                    .ok()
                    .json();
            return found.isEmpty() ? "no metrics" : null;
        });
        String status = feed.author()
                .get("/_plugins/_ralm/feeds/" + feed.name() + "/_status")
                .ok()
                .text();
        assertTrue(status.contains("\"warm\":" + SecuredFeed.CANDIDATES), status);
    }

    @Test
    void whatThePluginMayNotReadIsToldAndHarmsNothingElse() throws IOException {
        Rest admin = server.admin();
        admin.put(
                        "/" + FOREIGN,
                        "{\"mappings\": {\"properties\": {\"model\": {\"type\": \"keyword\"},"
                                + " \"vector\": {\"type\": \"float\"}}}}")
                .ok();
        String definition = feed.definition().replace("own-users", FOREIGN).replace("own-c", "foreign-c");
        admin.put("/_plugins/_ralm/feeds/foreign", definition).ok();
        admin.post("/_plugins/_ralm/feeds/foreign/_setup", null).ok();
        admin.put("/foreign-candidates/_doc/c1", "{}").ok();
        admin.post("/foreign-clicks/_doc?refresh", "{\"candidate\": \"c1\", \"user\": \"somebody\"}")
                .ok();
        Await.until(() -> {
            String status =
                    admin.get("/_plugins/_ralm/feeds/foreign/_status").ok().text();
            return status.contains("no permissions") ? null : "told so far: " + status;
        });
        feed.author()
                .post("/_plugins/_ralm/feeds/" + feed.name() + "/_refresh", null)
                .ok();
        admin.delete("/_plugins/_ralm/feeds/foreign").ok();
    }

    @Test
    void nobodyElseHasThePluginsIndices() {
        Rest ordinary = feed.author();
        server.role("everything", Role.of("*").with("*", "*"));
        Rest mighty = server.user("mighty", "everything");
        for (Rest caller : new Rest[] {ordinary, mighty, server.admin()}) {
            assertEquals(403, caller.put(FEEDS + "/_doc/own", "{}").status());
            assertEquals(403, caller.delete(FEEDS + "/_doc/own").status());
            assertEquals(403, caller.delete(FEEDS).status());
            assertEquals(403, caller.put(FEEDS + "/_mapping", "{}").status());
            Rest.Answer found = caller.get(FEEDS + "/_search");
            assertTrue(
                    found.status() == 403 || found.ok().json().at("/hits/hits").isEmpty(), found::toString);
        }
        feed.author().get("/_plugins/_ralm/feeds/" + feed.name()).ok();
    }

    @Test
    void theLogTellsOfNoUser() throws IOException {
        feed.author().post("/" + feed.candidates() + "/_search", feed.score("own-person-unknown"));
        feed.author().post("/" + feed.clicks() + "/_doc", "{\"candidate\": 7, \"user\": \"own-person-refused\"}");
        feed.author()
                .post("/_plugins/_ralm/feeds/" + feed.name() + "/_refresh?recluster=true", null)
                .ok();
        String log = server.log();
        assertTrue(log.contains("[INFO ]"), "the log that is looked at is the server's");
        assertFalse(
                log.contains("-person-"),
                () -> log.substring(log.indexOf("-person-") - 200, log.indexOf("-person-") + 200));
        for (float[] vector : feed.vectors().values()) {
            assertFalse(log.contains(Float.toString(vector[0])), "a vector");
            assertFalse(log.contains(base64(vector)), "an encoded vector");
        }
    }

    private static String base64(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
