package org.opensearch.ralm.trainer.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FeedActivationTests {

    private FakeCluster cluster;
    private ClusterClient client;

    @BeforeEach
    void start() throws IOException {
        cluster = new FakeCluster();
        client = cluster.client();
    }

    @AfterEach
    void stop() {
        client.close();
        cluster.close();
    }

    private String begin(String state, String serving, String beside) {
        cluster.answer(request -> request.method().equals("POST")
                ? new FakeCluster.Answer(200, "{\"state\":\"preparing\"}")
                : new FakeCluster.Answer(
                        200,
                        """
                        {"state": "%s", "serving": {"model": "%s", "users": "%s-users"},
                         "beside": {"model": "%s", "users": "%s-users"}}"""
                                .formatted(state, serving, serving, beside, beside)));
        return new FeedActivation(client, "news").begin("m2", "m2-users");
    }

    private long posts() {
        return cluster.asked().stream()
                .filter(request -> request.method().equals("POST"))
                .count();
    }

    @Test
    void modelThatTheFeedDoesNotGoByIsActivated() {
        assertEquals("preparing", begin("none", "m1", ""));
        FakeCluster.Asked asked = cluster.asked().get(1);
        assertEquals("/_plugins/_ralm/feeds/news/_activate", asked.path());
        assertEquals("{\"model\":\"m2\",\"users\":\"m2-users\"}", asked.body());
    }

    @Test
    void modelThatIsInUseOrBeingPreparedIsLeftAlone() {
        assertEquals("active", begin("active", "m2", "m1"));
        assertEquals("preparing", begin("preparing", "m1", "m2"));
        assertEquals(0, posts());
    }

    @Test
    void modelThatWasRolledBackIsActivatedAgain() {
        assertEquals("preparing", begin("rolled_back", "m1", "m2"));
        assertTrue(posts() > 0);
    }
}
