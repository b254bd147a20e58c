package org.opensearch.ralm.plugin.refresh;

import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.opensearch.common.settings.Settings;
import org.opensearch.ralm.block.Encoding;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.block.SeedBlockCodec;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.plugin.RalmIntegTestCase;
import org.opensearch.ralm.plugin.TestFeeds;
import org.opensearch.ralm.plugin.TestModels;
import org.opensearch.ralm.plugin.seeds.BlockMaker;
import org.opensearch.test.OpenSearchIntegTestCase.ClusterScope;

@ClusterScope(numDataNodes = 2, supportsDedicatedMasters = false)
public class ListedSeedsRefreshTests extends RalmIntegTestCase {

    @Override
    protected Settings nodeSettings(int ordinal) {
        return Settings.builder()
                .put(super.nodeSettings(ordinal))
                .put(RefreshService.ENABLED.getKey(), true)
                .build();
    }

    private static Map<String, Object> read(String id) throws Exception {
        return read("articles", id);
    }

    /** From the primary: for a moment replicas do not know yet what the task has written. */
    private static Map<String, Object> read(String index, String id) throws Exception {
        return get("/" + index + "/_doc/" + id + "?preference=_primary");
    }

    private static void writeBlock(String id, SeedBlock block) throws Exception {
        String base64 = Base64.getEncoder().encodeToString(SeedBlockCodec.encode(block, Encoding.FLOAT32));
        put("/articles/_doc/" + id, "{\"lang\": \"en\", \"ralm\": {\"seeds\": \"" + base64 + "\"}}");
    }

    public void testGlobalEmbeddingsThatAreWrongAreMadeRight() throws Exception {
        LookalikeModel model = upload(artifact("m1", 1));
        createCandidates("articles", 3);
        createFeed("news", "articles", "users", "m1");
        Random random = new Random(5);
        for (int c = 0; c < 10; c++) {
            SeedBlock right = model.seedBlock(TestModels.clusters(3, DIMENSION, random));
            writeBlock("a" + c, new SeedBlock(right.fingerprint(), right.clusters(), new float[DIMENSION]));
        }
        for (int c = 0; c < 10; c++) {
            String id = "a" + c;
            await(() -> {
                SeedBlock block = block(read(id));
                assertArrayEquals(model.seedBlock(block.clusters()).global(), block.global(), 1e-5f);
            });
            assertEquals("en", at(read(id), "_source.lang"));
            assertEquals(2, at(read(id), "_version"));
        }
        assertNothingIsWrittenInARound("a0");
    }

    /** Another candidate is written; when it has been put right, a whole round has passed. */
    private void assertNothingIsWrittenInARound(String id) throws Exception {
        Object before = at(read(id), "_seq_no");
        LookalikeModel model = new LookalikeModel(artifact("m1", 1));
        SeedBlock right = model.seedBlock(TestModels.clusters(3, DIMENSION, new Random(6)));
        for (int round = 0; round < 2; round++) {
            String other = "other" + round;
            writeBlock(other, new SeedBlock(right.fingerprint(), right.clusters(), new float[DIMENSION]));
            await(() -> assertEquals(2, at(read(other), "_version")));
        }
        assertEquals(before, at(read(id), "_seq_no"));
    }

    public void testCandidatesAreClusteredAnewWhenTheFeedTurnsToAnotherModel() throws Exception {
        makeFeedWithoutClicks(3, 10);
        put("/articles/_doc/a?pipeline=ralm", "{\"lang\": \"en\", \"seed_users\": [\"u1\", \"u2\", \"ghost\"]}");
        LookalikeModel next = upload(artifact("m2", 2));
        Map<String, float[]> users = indexUsers("users-m2", "m2", 10, 4);
        createFeed("news", "articles", "users-m2", "m2");
        TreeMap<String, float[]> seeds = new TreeMap<>(Map.of("u1", users.get("u1"), "u2", users.get("u2")));
        SeedBlock expected = new BlockMaker(TestFeeds.feed("users-m2", "m2", 4), next).fromScratch("a", seeds);
        await(() -> assertEquals(expected, block(read("a"))));
        assertEquals("m2", at(read("a"), "_source.ralm.model"));
        assertEquals(1, at(read("a"), "_source.ralm.unknown_users"));
        await(() -> {
            call("POST", "/articles/_refresh", null);
            Map<String, Object> found =
                    search("articles", "{\"query\": {\"ralm_score\": {\"feed\": \"news\", \"user_id\": \"u1\"}}}");
            assertEquals(1, hits(found).size());
        });
    }

    public void testBlockedIndicesArePassedOver() throws Exception {
        LookalikeModel model = upload(artifact("m1", 1));
        createCandidates("articles", 1);
        SeedBlock right = model.seedBlock(TestModels.clusters(3, DIMENSION, new Random(6)));
        writeBlock("a", new SeedBlock(right.fingerprint(), right.clusters(), new float[DIMENSION]));
        put("/articles/_settings", "{\"index.blocks.write\": true}");
        createFeed("news", "articles", "users", "m1");
        createCandidates("others", 1);
        createFeed("others", "others", "users", "m1");
        String base64 = Base64.getEncoder()
                .encodeToString(SeedBlockCodec.encode(
                        new SeedBlock(right.fingerprint(), right.clusters(), new float[DIMENSION]), Encoding.FLOAT32));
        put("/others/_doc/b", "{\"ralm\": {\"seeds\": \"" + base64 + "\"}}");
        await(() -> assertEquals(2, at(read("others", "b"), "_version")));
        assertEquals(1, at(read("a"), "_version"));
        put("/articles/_settings", "{\"index.blocks.write\": null}");
        await(() -> assertEquals(2, at(read("a"), "_version")));
    }
}
