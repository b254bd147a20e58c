package org.opensearch.ralm.trainer.publish;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opensearch.ralm.artifact.Calibration;
import org.opensearch.ralm.artifact.InvalidArtifactException;
import org.opensearch.ralm.artifact.LookalikeForm;
import org.opensearch.ralm.artifact.ModelArtifact;
import org.opensearch.ralm.artifact.ModelManifest;
import org.opensearch.ralm.artifact.Tensor;
import org.opensearch.ralm.artifact.UserVectors;
import org.opensearch.ralm.trainer.publish.FakeCluster.Answer;

class ModelPublisherTests {

    private static final int USERS = 3_456;

    @TempDir
    private Path directory;

    private final List<Long> acknowledged = new ArrayList<>();
    private FakeCluster cluster;

    @BeforeEach
    void start() throws IOException {
        cluster = new FakeCluster();
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void aModelIsUploadedAsItsTwoFiles() {
        ModelArtifact artifact = artifact("m1", 1);
        try (ClusterClient client = cluster.client()) {
            new ModelPublisher(client).uploadModel(artifact);
        }
        assertEquals(artifact.manifest().toJson(), cluster.model("m1").get("model"));
        assertArrayEquals(
                artifact.weights(),
                Base64.getDecoder().decode(cluster.model("m1").get("weights").textValue()));
    }

    @Test
    void whereThereIsKnnTheIndexHoldsVectorsOfTheLuceneEngine() throws IOException {
        cluster.withPlugin("opensearch-knn");
        writeUsers(1, 0);
        publish("m1", 1, "users");
        JsonNode definition = cluster.index("users").definition();
        assertTrue(definition.at("/settings/index.knn").booleanValue());
        assertEquals("strict", definition.at("/mappings/dynamic").textValue());
        assertEquals(
                "{\"type\":\"knn_vector\",\"dimension\":2,\"method\":"
                        + "{\"name\":\"hnsw\",\"engine\":\"lucene\",\"space_type\":\"cosinesimil\"}}",
                definition.at("/mappings/properties/vector").toString());
    }

    @Test
    void whereThereIsNoKnnTheIndexKeepsPlainNumbers() throws IOException {
        cluster.withPlugin("opensearch-ralm");
        writeUsers(1, 0);
        publish("m1", 1, "users");
        JsonNode definition = cluster.index("users").definition();
        assertTrue(definition.at("/settings").isMissingNode());
        assertEquals(
                "{\"type\":\"float\",\"index\":false,\"doc_values\":false}",
                definition.at("/mappings/properties/vector").toString());
    }

    @Test
    void everyUserIsLoadedOnceWithModelAndVector() throws IOException {
        writeUsers(USERS, 0);
        assertEquals(0, publish("m1", 1, "users"));
        assertEachUserOnce();
        assertEquals(
                "{\"model\":\"m1\",\"vector\":[7.0,0.1]}",
                cluster.index("users").documents().get("u7").get(0).toString());
        assertEquals(List.of(1_000L, 2_000L, 3_000L, (long) USERS, (long) USERS), acknowledged);
        assertEquals(
                "/users/_refresh",
                cluster.asked().get(cluster.asked().size() - 1).path());
    }

    @Test
    void zeroVectorsAreLeftOutAndCounted() throws IOException {
        writeUsers(10, 3);
        assertEquals(3, publish("m1", 1, "users"));
        assertEquals(10, cluster.index("users").documents().size());
        assertNull(cluster.index("users").documents().get("zero-0"));
        assertEquals(List.of(10L, 10L), acknowledged);
        assertEquals(3, publish("m1", 1, "users"));
    }

    @Test
    void anInterruptedLoadGoesOnWhereItStopped() throws IOException {
        writeUsers(USERS, 1);
        failAtBulk(3);
        ClusterException fault = assertThrows(ClusterException.class, () -> publish("m1", 1, "users"));
        assertTrue(fault.getMessage().contains("the node is gone"), fault.getMessage());
        assertEquals(2_000, cluster.index("users").documents().size());
        cluster.answer(request -> null);
        acknowledged.clear();
        assertEquals(1, publish("m1", 1, "users"));
        assertEachUserOnce();
        assertEquals(List.of(3_000L, (long) USERS, (long) USERS), acknowledged);
    }

    @Test
    void publishingAgainSendsNoUserAgain() throws IOException {
        writeUsers(USERS, 0);
        publish("m1", 1, "users");
        int bulks = cluster.bulks().size();
        acknowledged.clear();
        publish("m1", 1, "users");
        assertEquals(bulks, cluster.bulks().size());
        assertEquals(List.of((long) USERS), acknowledged);
    }

    @Test
    void anIndexThatWasDeletedInBetweenIsFilledFromTheStart() throws IOException {
        writeUsers(USERS, 0);
        failAtBulk(3);
        assertThrows(ClusterException.class, () -> publish("m1", 1, "users"));
        cluster.answer(request -> null);
        cluster.delete("users");
        publish("m1", 1, "users");
        assertEachUserOnce();
    }

    @Test
    void theNoteOfAnotherClusterIsIgnored() throws IOException {
        writeUsers(USERS, 0);
        publish("m1", 1, "users");
        try (FakeCluster other = new FakeCluster()) {
            publish(other, "m1", 1, "users");
            assertEquals(USERS, other.index("users").documents().size());
        }
    }

    @Test
    void otherVectorsOfTheSameModelReplaceTheFormerOnes() throws IOException {
        writeUsers(10, 0);
        publish("m1", 1, "users");
        try (UserVectors.Writer writer = new UserVectors.Writer(directory)) {
            writer.write("u7", new float[] {5, 6});
        }
        publish("m1", 1, "users");
        List<JsonNode> versions = cluster.index("users").documents().get("u7");
        assertEquals(
                "[5.0,6.0]", versions.get(versions.size() - 1).get("vector").toString());
    }

    @Test
    void anIndexOfAnotherModelIsRefused() throws IOException {
        writeUsers(10, 0);
        publish("m1", 1, "users");
        IllegalArgumentException fault = assertThrows(IllegalArgumentException.class, () -> publish("m2", 2, "users"));
        assertEquals(
                "index [users] does not hold the users of model [m2]: every model needs a users index of its own",
                fault.getMessage());
        assertEachUserOnce(10);
    }

    @Test
    void anAliasOfSeveralIndicesIsRefused() throws IOException {
        writeUsers(10, 0);
        cluster.answer(
                request -> request.method().equals("GET") || request.method().equals("HEAD")
                        ? new Answer(200, "{\"a\":{},\"b\":{}}")
                        : null);
        IllegalArgumentException fault = assertThrows(IllegalArgumentException.class, () -> publish("m1", 1, "users"));
        assertEquals("[users] must be one index, but is 2", fault.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Users", "a/b", "a,b", "a*", "_all", "-a", "a?x=1", "a b"})
    void aNameThatNoIndexCanHaveIsRefused(String index) throws IOException {
        writeUsers(10, 0);
        IllegalArgumentException fault = assertThrows(IllegalArgumentException.class, () -> publish("m1", 1, index));
        assertTrue(fault.getMessage().startsWith("the users index [" + index + "] must be"), fault.getMessage());
        assertEquals(List.of(), cluster.asked());
    }

    @Test
    void withoutVectorsNoIndexIsMade() {
        InvalidArtifactException fault = assertThrows(InvalidArtifactException.class, () -> publish("m1", 1, "users"));
        assertEquals("users.ndjson.gz: there is no such file in " + directory, fault.getMessage());
        assertEquals(List.of(), cluster.asked());
    }

    @Test
    void vectorsThatAreCutOffAreToldAndGoOnWhenTheyAreWhole() throws IOException {
        writeUsers(USERS, 0);
        Path file = directory.resolve(UserVectors.FILE);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 9));
        InvalidArtifactException fault = assertThrows(InvalidArtifactException.class, () -> publish("m1", 1, "users"));
        assertTrue(fault.getMessage().startsWith(file + ": is cut off after line "), fault.getMessage());
        Files.write(file, whole);
        publish("m1", 1, "users");
        assertEquals(USERS, cluster.index("users").documents().size());
    }

    private long publish(String model, long weights, String index) throws IOException {
        return publish(cluster, model, weights, index);
    }

    private long publish(FakeCluster target, String model, long weights, String index) throws IOException {
        try (ClusterClient client = target.client()) {
            return new ModelPublisher(client)
                    .loadUsers(artifact(model, weights).manifest(), directory, index, acknowledged::add);
        }
    }

    private void failAtBulk(int number) {
        AtomicInteger bulks = new AtomicInteger();
        cluster.answer(request ->
                request.isBulk() && bulks.incrementAndGet() >= number ? Answer.error(500, "the node is gone") : null);
    }

    /** The zero vectors come first. */
    private void writeUsers(int users, int zeros) throws IOException {
        try (UserVectors.Writer writer = new UserVectors.Writer(directory)) {
            for (int zero = 0; zero < zeros; zero++) {
                writer.write("zero-" + zero, new float[] {0, -0f});
            }
            for (int user = 0; user < users; user++) {
                writer.write("u" + user, new float[] {user, 0.1f});
            }
        }
    }

    private void assertEachUserOnce() {
        assertEachUserOnce(USERS);
    }

    private void assertEachUserOnce(int users) {
        Map<String, List<JsonNode>> documents = cluster.index("users").documents();
        assertEquals(users, documents.size());
        assertFalse(documents.values().stream().anyMatch(versions -> versions.size() != 1));
    }

    private static ModelArtifact artifact(String id, float weight) {
        ModelManifest manifest = new ModelManifest(
                id, 1, 2, 1, LookalikeForm.PAPER, 20, 0.3, 0.7, new Calibration(1, 0), "0".repeat(64), null, null);
        return ModelArtifact.of(
                manifest,
                Map.of(
                        "transform.weight", Tensor.matrix(1, 2, new float[] {weight, 1}),
                        "transform.bias", Tensor.vector(0, 0),
                        "transform.slope", Tensor.vector(0),
                        "local.weight", Tensor.matrix(2, 2, new float[4]),
                        "global.weight", Tensor.matrix(2, 1, new float[2]),
                        "global.vector", Tensor.vector(0)));
    }
}
