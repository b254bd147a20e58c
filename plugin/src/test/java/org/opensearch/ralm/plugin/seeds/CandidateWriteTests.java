package org.opensearch.ralm.plugin.seeds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.opensearch.common.lucene.uid.Versions;
import org.opensearch.index.VersionType;
import org.opensearch.ingest.IngestDocument;
import org.opensearch.ralm.artifact.LookalikeForm;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.plugin.TestFeeds;
import org.opensearch.ralm.plugin.TestModels;

class CandidateWriteTests {

    private static final int DIMENSION = 4;

    private final LookalikeModel model =
            new LookalikeModel(TestModels.artifact("m1", DIMENSION, LookalikeForm.DEFAULT, new Random(1)));
    private final BlockMaker maker = new BlockMaker(TestFeeds.feed("u", "m1", 3), model);
    private final Map<String, float[]> vectors = new HashMap<>();

    @BeforeEach
    void drawVectors() {
        for (int u = 0; u < 10; u++) {
            vectors.put("u" + u, TestModels.unitVector(DIMENSION, new Random(u)));
        }
    }

    private static IngestDocument document(VersionType type, Map<String, Object> source) {
        return new IngestDocument("index", "id", null, Versions.MATCH_ANY, type, new HashMap<>(source));
    }

    private static CandidateWrite write(IngestDocument document) {
        return new CandidateWrite(document, "ralm", 10);
    }

    private Map<String, Object> stored(String... seeds) {
        IngestDocument document = document(VersionType.INTERNAL, Map.of("seed_users", List.of(seeds)));
        CandidateWrite write = write(document);
        write.setStored(null);
        write.plan(maker);
        write.complete(maker, vectors, Instant.EPOCH);
        return document.getFieldValue("ralm", Map.class);
    }

    @Test
    void newCandidateIsWrittenOnlyIfNobodyElseWasFaster() {
        IngestDocument document = document(VersionType.INTERNAL, Map.of());
        write(document).setStored(null);
        assertEquals(Versions.MATCH_DELETED, document.getSourceAndMetadata().get("_version"));
        assertNull(document.getSourceAndMetadata().get("_if_seq_no"));
    }

    @Test
    void storedCandidateIsWrittenOnlyIfItIsStillTheSame() {
        IngestDocument document = document(VersionType.INTERNAL, Map.of());
        write(document).setStored(new StoredCandidate(7, 2, List.of(), Map.of()));
        assertEquals(7L, document.getSourceAndMetadata().get("_if_seq_no"));
        assertEquals(2L, document.getSourceAndMetadata().get("_if_primary_term"));
        assertEquals(Versions.MATCH_ANY, document.getSourceAndMetadata().get("_version"));
    }

    @Test
    void versionsOfTheCallersOwnAreLeftAlone() {
        IngestDocument document = document(VersionType.EXTERNAL, Map.of());
        write(document).setStored(new StoredCandidate(7, 2, List.of(), Map.of()));
        assertNull(document.getSourceAndMetadata().get("_if_seq_no"));
    }

    @Test
    void onlyNewSeedsAreNeededWhereTheStoredBlockIsExtended() {
        CandidateWrite write = write(document(VersionType.INTERNAL, Map.of("seed_users", List.of("u1", "u5"))));
        write.setStored(new StoredCandidate(1, 1, List.of("u1", "u2", "u3"), stored("u1", "u2", "u3")));
        assertEquals(List.of("u5"), List.copyOf(write.plan(maker)));
    }

    @Test
    void allSeedsAreNeededWhereMostAreNewOrSomeWereUnknownOrTheModelIsAnother() {
        CandidateWrite mostNew = write(document(VersionType.INTERNAL, Map.of("seed_users", List.of("u2", "u3"))));
        mostNew.setStored(new StoredCandidate(1, 1, List.of("u1"), stored("u1")));
        assertEquals(3, mostNew.plan(maker).size());

        CandidateWrite someUnknown = write(document(VersionType.INTERNAL, Map.of("seed_users", List.of("u3"))));
        someUnknown.setStored(new StoredCandidate(1, 1, List.of("u1", "ghost"), stored("u1", "ghost")));
        assertEquals(3, someUnknown.plan(maker).size());

        LookalikeModel other =
                new LookalikeModel(TestModels.artifact("m2", DIMENSION, LookalikeForm.DEFAULT, new Random(2)));
        CandidateWrite otherModel = write(document(VersionType.INTERNAL, Map.of()));
        otherModel.setStored(new StoredCandidate(1, 1, List.of("u1", "u2"), stored("u1", "u2")));
        assertEquals(2, otherModel.plan(new BlockMaker(maker.feed(), other)).size());
    }

    @Test
    void orderAndRepetitionOfSeedsMakeNoDifference() {
        assertEquals(stored("u1", "u2", "u3", "u4", "u5"), stored("u5", "u3", "u3", "u1", "u4", "u2", "u1"));
    }

    @Test
    void otherMembersOfTheObjectStay() {
        IngestDocument document = document(VersionType.INTERNAL, Map.of("seed_users", List.of("u1", "u2")));
        Map<String, Object> object = new HashMap<>(stored("u1"));
        object.put("note", "kept");
        CandidateWrite write = write(document);
        write.setStored(new StoredCandidate(1, 1, List.of("u1"), object));
        write.plan(maker);
        write.complete(maker, vectors, Instant.EPOCH);
        assertEquals("kept", document.getFieldValue("ralm.note", String.class));
        assertEquals(2L, document.getFieldValue("ralm.seed_count", Long.class));
    }

    @Test
    void moreSeedsThanAllowedAreRefused() {
        List<String> many = IntStream.range(0, 11).mapToObj(u -> "u" + u).toList();
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> write(document(VersionType.INTERNAL, Map.of("seed_users", many))));
        assertEquals("[seed_users] holds 11 users, but [plugins.ralm.ingest.max_seed_users] allows 10", e.getMessage());
    }
}
