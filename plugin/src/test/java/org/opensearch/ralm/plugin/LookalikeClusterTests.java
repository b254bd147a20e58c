package org.opensearch.ralm.plugin;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.block.SeedBlockCodec;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.lookalike.Similarity;

/** The whole way on three nodes: model, feed, users, candidates with seeds, and who suits whom. */
public class LookalikeClusterTests extends RalmIntegTestCase {

    private static final int USERS = 60;
    private static final int CANDIDATES = 40;

    private final Map<String, float[]> users = new HashMap<>();
    private LookalikeModel model;

    private void indexFeed() throws Exception {
        model = upload(artifact("m1", 1));
        createCandidates("articles", 5);
        put(
                "/users",
                """
                {"settings": {"number_of_shards": 2},
                 "mappings": {"properties": {"model": {"type": "keyword"}, "vector": {"type": "float"}}}}""");
        createFeed("news", "articles", "users", "m1");
        put("/_ingest/pipeline/ralm", "{\"processors\": [{\"ralm_seeds\": {\"feed\": \"news\"}}]}");
        Random random = new Random(3);
        StringBuilder bulk = new StringBuilder();
        for (int u = 0; u < USERS; u++) {
            users.put("u" + u, TestModels.unitVector(DIMENSION, random));
            bulk.append("{\"index\":{\"_index\":\"users\",\"_id\":\"u")
                    .append(u)
                    .append("\"}}\n");
            bulk.append("{\"model\":\"m1\",\"vector\":")
                    .append(json(users.get("u" + u)))
                    .append("}\n");
        }
        bulk(bulk);
        for (int c = 0; c < CANDIDATES; c++) {
            List<String> seeds = new ArrayList<>();
            for (int s = 0; s < 1 + random.nextInt(20); s++) {
                seeds.add("\"u" + random.nextInt(USERS) + "\"");
            }
            bulk.append("{\"index\":{\"_index\":\"articles\",\"_id\":\"a")
                    .append(c)
                    .append("\",\"pipeline\":\"ralm\"}}\n");
            bulk.append("{\"lang\":\"")
                    .append(c % 2 == 0 ? "en" : "de")
                    .append("\",\"seed_users\":")
                    .append(seeds)
                    .append("}\n");
        }
        bulk(bulk);
    }

    private static void bulk(StringBuilder lines) throws Exception {
        Map<String, Object> response = call("POST", "/_bulk?refresh=true", lines.toString());
        assertEquals(response.toString(), false, response.get("errors"));
        lines.setLength(0);
    }

    public void testEveryShardScoresAsTheModelDoes() throws Exception {
        indexFeed();
        Map<String, Object> response = search(
                "articles",
                """
                {"size": 100, "query": {"ralm_score": {"feed": "news", "user_id": "u7"}}}""");
        assertEquals(CANDIDATES, hits(response).size());
        for (Map<String, Object> hit : hits(response)) {
            SeedBlock block = SeedBlockCodec.decode(Base64.getDecoder().decode((String) at(hit, "_source.ralm.seeds")));
            Similarity expected = model.score(users.get("u7"), block);
            assertEquals((1 + expected.score()) / 2, ((Number) hit.get("_score")).doubleValue(), 1e-5);
        }
    }
}
