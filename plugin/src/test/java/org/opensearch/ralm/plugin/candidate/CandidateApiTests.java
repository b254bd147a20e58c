package org.opensearch.ralm.plugin.candidate;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.cluster.Clusters;
import org.opensearch.ralm.plugin.RalmIntegTestCase;
import org.opensearch.test.OpenSearchIntegTestCase.ClusterScope;

@ClusterScope(numDataNodes = 1, supportsDedicatedMasters = false)
public class CandidateApiTests extends RalmIntegTestCase {

    private static final String PATH = "/_plugins/_ralm/candidates/news/a";

    private Map<String, float[]> users;

    private void createFeed() throws Exception {
        upload(artifact("m1", 1));
        createCandidates("articles", 1);
        createClicks("clicks", 2);
        users = indexUsers("users", "m1", 20, 3);
        createFeed("news", "articles", "clicks", "users", "m1");
        createPipeline("news");
    }

    private static void countClicks() throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int u = 0; u < 20; u++) {
            lines.append("{\"index\": {\"_index\": \"clicks\"}}\n{\"candidate\": \"a\", \"user\": \"u" + u + "\"}\n");
        }
        Map<String, Object> response = call("POST", "/_bulk?refresh=true&pipeline=clicks", lines.toString());
        assertEquals(response.toString(), false, response.get("errors"));
        Map<String, Object> status = call("POST", "/_plugins/_ralm/feeds/news/_refresh", null);
        assertEquals(status.toString(), 0, at(status, "_nodes.failed"));
    }

    public void testCandidateIsShownWithItsClustersAndTheirTypicalUsers() throws Exception {
        createFeed();
        put("/articles/_doc/a", "{}");
        countClicks();
        Map<String, Object> shown = get(PATH);
        assertEquals("news", shown.get("feed"));
        assertEquals("a", shown.get("id"));
        assertEquals(20, shown.get("seed_count"));
        assertEquals("warm", shown.get("state"));
        assertEquals("m1", shown.get("model"));
        assertEquals(20, shown.get("clicks_1h"));
        assertEquals(20, shown.get("clicks_24h"));
        assertTrue((double) shown.get("refreshed_seconds_ago") >= 0);
        assertTrue((double) shown.get("clustered_seconds_ago") >= 0);
        SeedBlock block = block(get("/articles/_doc/a"));
        List<?> clusters = (List<?>) shown.get("clusters");
        assertEquals(block.clusters().count(), clusters.size());
        int last = Integer.MAX_VALUE;
        for (int c = 0; c < clusters.size(); c++) {
            int size = (int) at(shown, "clusters." + c + ".size");
            assertTrue(size <= last);
            last = size;
            assertEquals(size / 20.0, (double) at(shown, "clusters." + c + ".share"), 1e-9);
            List<?> top = (List<?>) at(shown, "clusters." + c + ".top_users");
            assertEquals(Math.min(3, size), top.size());
            assertTrue(nearestTo(block.clusters(), (String) top.get(0)).contains(size));
        }
    }

    /** The sizes of the clusters that a user is nearest to. */
    private List<Integer> nearestTo(Clusters clusters, String user) {
        float[] vector = users.get(user);
        double least = IntStream.range(0, clusters.count())
                .mapToDouble(c -> distance(clusters.centroid(c), vector))
                .min()
                .orElseThrow();
        return IntStream.range(0, clusters.count())
                .filter(c -> distance(clusters.centroid(c), vector) <= least + 1e-6)
                .mapToObj(c -> clusters.sizes()[c])
                .toList();
    }

    private static double distance(float[] one, float[] other) {
        return IntStream.range(0, one.length)
                .mapToDouble(d -> Math.pow(one[d] - other[d], 2))
                .sum();
    }

    public void testNumberOfUsersIsUpToTheCaller() throws Exception {
        createFeed();
        put("/articles/_doc/a", "{}");
        countClicks();
        assertEquals(List.of(), at(get(PATH + "?top=0"), "clusters.0.top_users"));
        int size = (int) at(get(PATH), "clusters.0.size");
        assertEquals(size, ((List<?>) at(get(PATH + "?top=20"), "clusters.0.top_users")).size());
        assertRefused(400, "GET", PATH + "?top=21", null, "[top] must be an integer from 0 to 20, but is [21]");
        assertRefused(400, "GET", PATH + "?top=-1", null, "[top] must be an integer from 0 to 20, but is [-1]");
        assertRefused(400, "GET", PATH + "?top=x", null, "[top]", "[x]");
    }

    public void testCandidateWithoutSeedsIsCold() throws Exception {
        createFeed();
        put("/articles/_doc/a", "{\"lang\": \"en\"}");
        Map<String, Object> shown = get(PATH);
        assertEquals(0, shown.get("seed_count"));
        assertEquals("cold", shown.get("state"));
        assertEquals(List.of(), shown.get("clusters"));
    }

    public void testListedSeedsAreShownInAFeedWithoutClicks() throws Exception {
        createFeed();
        createFeed("news", "articles", "users", "m1");
        put("/articles/_doc/a?pipeline=ralm", "{\"seed_users\": [\"u1\", \"u2\"]}");
        Map<String, Object> shown = get(PATH);
        assertEquals(2, shown.get("seed_count"));
        assertEquals(0.5, (double) at(shown, "clusters.1.share"), 1e-9);
        assertEquals(List.of(), at(shown, "clusters.1.top_users"));
    }

    public void testCandidateWithARoutingOfItsOwnIsFoundByIt() throws Exception {
        makeFeedWithoutClicks(5, 20);
        put("/articles/_doc/a?routing=sports&pipeline=ralm", "{\"seed_users\": [\"u1\", \"u2\"]}");
        assertRefused(404, "GET", PATH, null, "candidate [a] is not in index [articles] of feed [news]");
        assertEquals(2, get(PATH + "?routing=sports").get("seed_count"));
    }

    public void testWhatDoesNotExistIsNotFound() throws Exception {
        assertRefused(404, "GET", PATH, null, "feed [news] does not exist");
        createFeed();
        assertRefused(404, "GET", PATH, null, "candidate [a] is not in index [articles] of feed [news]");
        call("DELETE", "/articles", null);
        assertRefused(404, "GET", PATH, null, "no such index [articles]");
    }
}
