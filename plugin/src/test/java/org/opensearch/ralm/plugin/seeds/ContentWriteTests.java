package org.opensearch.ralm.plugin.seeds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.opensearch.common.lucene.uid.Versions;
import org.opensearch.index.VersionType;
import org.opensearch.ingest.IngestDocument;
import org.opensearch.ralm.artifact.LookalikeForm;
import org.opensearch.ralm.artifact.ModelArtifact;
import org.opensearch.ralm.block.Encoding;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.plugin.TestModels;
import org.opensearch.ralm.plugin.feed.Feed;
import org.opensearch.ralm.plugin.feed.RefreshRules;
import org.opensearch.ralm.plugin.feed.SeedRules;

/** Candidates of a feed that names content fields and wants three seeds. */
class ContentWriteTests {

    private static final int DIMENSION = 4;
    private static final ModelArtifact PLAIN =
            TestModels.artifact("m1", DIMENSION, LookalikeForm.DEFAULT, new Random(1));
    private static final LookalikeModel MODEL = new LookalikeModel(TestModels.withContent(PLAIN, "tags"));

    private final Map<String, float[]> vectors = new HashMap<>();

    ContentWriteTests() {
        for (int u = 0; u < 10; u++) {
            vectors.put("u" + u, TestModels.unitVector(DIMENSION, new Random(u)));
        }
    }

    private static BlockMaker maker(String clicks, LookalikeModel model, String... fields) {
        SeedRules seeds = new SeedRules(2, Encoding.INT8, 1000, 100, 3, List.of(fields));
        return new BlockMaker(
                new Feed("news", "articles", clicks, "users", "m1", "ralm.seeds", seeds, RefreshRules.DEFAULT), model);
    }

    /** What becomes of a document, given what was stored; what is stored afterwards. */
    private StoredCandidate written(BlockMaker maker, StoredCandidate stored, Map<String, Object> source) {
        IngestDocument document = new IngestDocument(
                "index", "id", null, Versions.MATCH_ANY, VersionType.INTERNAL, new HashMap<>(source));
        CandidateWrite write = new CandidateWrite(document, "ralm", 10);
        write.setStored(stored);
        write.plan(maker);
        write.complete(maker, vectors, Instant.EPOCH);
        Map<String, Object> result = document.getSourceAndMetadata();
        return new StoredCandidate(
                1,
                1,
                result.get("seed_users") instanceof List<?> users
                        ? users.stream().map(String::valueOf).toList()
                        : List.of(),
                result.get("ralm") instanceof Map<?, ?> map ? copy(map) : Map.of());
    }

    private static Map<String, Object> copy(Map<?, ?> map) {
        Map<String, Object> copy = new HashMap<>();
        map.forEach((name, value) -> copy.put(String.valueOf(name), value));
        return copy;
    }

    private static Map<String, Object> source(String tag, String... seeds) {
        Map<String, Object> source = new HashMap<>();
        source.put("tags", new ArrayList<>(List.of(tag)));
        if (seeds.length > 0) {
            source.put("seed_users", new ArrayList<>(List.of(seeds)));
        }
        return source;
    }

    private static SeedBlock pseudo(BlockMaker maker, String tag) {
        return maker.fromContent(Map.of("tags", tag)).orElseThrow();
    }

    private static void assertContent(BlockMaker maker, String tag, int seeds, StoredCandidate candidate) {
        assertEquals(pseudo(maker, tag), SeedObject.block(candidate.object()));
        assertEquals("content", candidate.object().get("state"));
        assertEquals((long) seeds, ((Number) candidate.object().get("seed_count")).longValue());
        assertEquals(List.of(), candidate.object().get("cluster_sizes"));
        assertEquals("m1", candidate.object().get("model"));
    }

    @Test
    void aCandidateWithoutSeedsGetsItsPseudoSeed() {
        for (String clicks : new String[] {null, "clicks"}) {
            BlockMaker maker = maker(clicks, MODEL, "tags");

            assertContent(maker, "cats", 0, written(maker, null, source("cats")));
        }
    }

    @Test
    void itStaysUntilThereAreSeedsEnoughAndGoesThen() {
        BlockMaker maker = maker(null, MODEL, "tags");
        StoredCandidate one = written(maker, null, source("cats", "u1"));
        assertContent(maker, "cats", 1, one);

        StoredCandidate two = written(maker, one, source("cats", "u2"));
        assertContent(maker, "cats", 2, two);

        StoredCandidate three = written(maker, two, source("cats", "u3"));
        assertEquals("warm", three.object().get("state"));
        assertEquals(3, SeedObject.block(three.object()).clusters().seeds());
        StoredCandidate four = written(maker, three, source("dogs", "u4"));
        assertEquals(4L, four.object().get("seed_count"));
        assertEquals("warm", four.object().get("state"));
    }

    @Test
    void seedsThatNobodyKnowsAreNotCounted() {
        BlockMaker maker = maker(null, MODEL, "tags");
        StoredCandidate candidate = written(maker, null, source("cats", "ghost"));

        assertContent(maker, "cats", 0, candidate);
        assertEquals(1, candidate.object().get("unknown_users"));
    }

    @Test
    void itFollowsTheContent() {
        BlockMaker maker = maker(null, MODEL, "tags");
        StoredCandidate cats = written(maker, null, source("cats"));

        assertContent(maker, "dogs", 0, written(maker, cats, source("dogs")));
        StoredCandidate without = written(maker, cats, Map.of("lang", "en"));
        assertNull(SeedObject.block(without.object()));
        assertEquals("cold", without.object().get("state"));
    }

    @Test
    void whatIsInTheOtherSlotFollowsTheContentUnderItsOwnModel() {
        ModelArtifact second = TestModels.artifact("m2", DIMENSION, LookalikeForm.DEFAULT, new Random(2));
        BlockMaker other = maker("clicks", new LookalikeModel(TestModels.withContent(second, "tags")), "tags");
        Map<String, Object> cats = new HashMap<>(Map.of("seed_count", 2, "clicks_seq_no", 7));
        SeedObject.preferContent(cats, source("cats"), other, Instant.EPOCH);

        Map<String, Object> dogs = writtenBeside(other, cats);
        assertEquals(pseudo(other, "dogs"), SeedObject.block(dogs));
        assertEquals(2L, dogs.get("seed_count"));
        assertEquals(7, dogs.get("clicks_seq_no"));

        Map<String, Object> warm = Map.of("state", "warm", "seed_count", 3);
        assertEquals(warm, writtenBeside(other, warm));
        assertNull(writtenBeside(other, null), "made by the refresh");
    }

    /** What becomes of the object of the other slot when the content is dogs. */
    private static Map<String, Object> writtenBeside(BlockMaker other, Map<String, Object> stored) {
        Map<String, Object> source = source("dogs");
        if (stored != null) {
            source.put("ralm_2", stored);
        }
        IngestDocument document =
                new IngestDocument("index", "id", null, Versions.MATCH_ANY, VersionType.INTERNAL, source);
        new CandidateWrite(document, "ralm", 10).completeBeside("ralm_2", other, Instant.EPOCH);
        return document.getSourceAndMetadata().get("ralm_2") instanceof Map<?, ?> map ? copy(map) : null;
    }

    @Test
    void withClicksWhatWasCountedStays() {
        BlockMaker maker = maker("clicks", MODEL, "tags");
        Map<String, Object> counted =
                new HashMap<>(written(maker, null, source("cats")).object());
        counted.put("seed_count", 2);
        counted.put("clicks_shard", "uuid/0");
        counted.put("clicks_seq_no", 7);
        StoredCandidate stored = new StoredCandidate(1, 1, List.of(), counted);

        StoredCandidate dogs = written(maker, stored, source("dogs"));
        assertContent(maker, "dogs", 2, dogs);
        assertEquals(7, dogs.object().get("clicks_seq_no"));

        StoredCandidate without = written(maker, stored, Map.of());
        assertFalse(without.object().containsKey("clicks_seq_no"), "counted afresh, as there is no block");
    }

    @Test
    void aFeedWithoutContentFieldsHasNone() {
        BlockMaker maker = maker(null, MODEL);

        assertEquals(Map.of(), written(maker, null, source("cats")).object());
        StoredCandidate one = written(maker, null, source("cats", "u1"));
        assertEquals("cold", one.object().get("state"));
        assertEquals(1, SeedObject.block(one.object()).clusters().seeds());
    }

    @Test
    void aModelWithoutContentPartHasNone() {
        BlockMaker maker = maker(null, new LookalikeModel(PLAIN), "tags");

        assertEquals(Map.of(), written(maker, null, source("cats")).object());
    }

    @Test
    void objectsAreRefused() {
        BlockMaker maker = maker(null, MODEL, "tags");

        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> written(maker, null, Map.of("tags", List.of(Map.of("name", "cats")))));

        assertTrue(e.getMessage().contains("[tags]"), e.getMessage());
    }
}
