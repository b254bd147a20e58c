package org.opensearch.ralm.trainer.bench.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opensearch.ralm.block.Encoding;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.block.SeedBlockCodec;
import org.opensearch.ralm.cluster.Clusters;

class ScoreCheckTests {

    private static final String USER = "u7";

    @TempDir
    private static Path directory;

    private static KnownModel first;
    private static KnownModel second;
    private static ScoreCheck check;

    private final ObjectNode answer = JsonNodeFactory.instance.objectNode();

    @BeforeAll
    static void makeModels() throws IOException {
        first = KnownModel.make("m1", 1, directory.resolve("m1"));
        second = KnownModel.make("m2", 2, directory.resolve("m2"));
        check = new ScoreCheck(Map.of("m1", first, "m2", second));
    }

    @Test
    void whatTheModelSaysIsRight() {
        hit(first, 0, "ralm.seeds");
        hit(first, 0, "ralm_2.seeds");
        ScoreCheck.Finding finding = check.check(answer, USER);
        assertEquals(Map.of("m1", 2L), finding.hitsOfModels());
        assertTrue(finding.problems().isEmpty(), finding::toString);
    }

    @Test
    void aScoreThatIsALittleOffIsWrong() {
        hit(first, 2e-5, "ralm.seeds");
        assertEquals(1, check.check(answer, USER).problems().size());
    }

    @Test
    void anotherUsersScoreIsWrong() {
        hit(first, 0, "ralm.seeds");
        assertEquals(1, check.check(answer, "u8").problems().size());
    }

    @Test
    void anAnswerOfTwoModelsIsWrongThoughEachScoreIsRight() {
        hit(first, 0, "ralm.seeds");
        hit(second, 0, "ralm_2.seeds");
        assertTrue(check.check(answer, USER).problems().getFirst().contains("mixes models: {m1=1, m2=1}"));
    }

    @Test
    void aScoreWithoutABlockOfItsModelIsWrong() {
        ObjectNode hit = hit(first, 0, "ralm.seeds");
        ((ObjectNode) hit.at("/fields/ralm_log/0")).put("model", "m2");
        assertEquals(1, check.check(answer, USER).problems().size());
    }

    @Test
    void noHitsAreNoProblem() {
        assertEquals(new ScoreCheck.Finding(Map.of(), List.of()), check.check(answer, USER));
    }

    /** Adds a hit with a right score, but for a difference. */
    private ObjectNode hit(KnownModel known, double difference, String field) {
        float[] centroid = new float[ChaosOptions.DIMENSION];
        Arrays.fill(centroid, 0.1f);
        centroid[3] = -0.7f;
        SeedBlock block =
                known.model().seedBlock(new Clusters(ChaosOptions.DIMENSION, centroid, new int[] {answer.size() + 3}));
        double raw = known.model().score(known.users().get(USER), block).score();
        ObjectNode hit = answer.withObject("/hits").withArray("hits").addObject();
        hit.put("_id", "c1").put("_score", (1 + raw) / 2 + difference);
        ObjectNode fields = hit.putObject("fields");
        fields.putArray("ralm_log").addObject().put("model", known.id()).put("raw", raw);
        fields.putArray(field).add(Base64.getEncoder().encodeToString(SeedBlockCodec.encode(block, Encoding.FLOAT32)));
        return hit;
    }
}
