package org.opensearch.ralm.trainer.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.function.LongConsumer;
import org.opensearch.ralm.artifact.ModelArtifact;
import org.opensearch.ralm.artifact.UserVectors;

/**
 * Publishes a model: uploads it, makes the index of its user vectors and fills it. Publishing again does only what is
 * left to do. Not safe for use by several threads.
 */
public final class ModelPublisher {

    private static final String MODEL_WEIGHTS = "ralm_weights_sha256";

    private final ClusterClient client;
    private final String cluster;

    /** Publishes to the cluster of a client. */
    public ModelPublisher(ClusterClient client) {
        this.client = client;
        this.cluster = client.request("GET", "/").path("cluster_uuid").asText();
    }

    /** Uploads a model; the same model again changes nothing. */
    public void uploadModel(ModelArtifact artifact) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("model", artifact.manifest().toJson());
        body.put("weights", Base64.getEncoder().encodeToString(artifact.weights()));
        client.request("PUT", "/_plugins/_ralm/models/" + artifact.manifest().id(), body);
    }

    /**
     * Fills an index with the model's user vectors, made if it is missing.
     *
     * @param directory holds the vectors; a note of how far the load came is kept there
     * @param acknowledged told how many users have been acknowledged in all, those of an earlier run included
     * @return how many users could not be taken because their vector is zero: no cosine is defined for them
     */
    public long loadUsers(ModelArtifact artifact, Path directory, String index, LongConsumer acknowledged)
            throws IOException {
        createUsersIndex(artifact, index);
        LoadProgress progress =
                LoadProgress.of(directory, cluster, index, artifact.manifest().weightsSha256());
        long skip = progress.done();
        long[] zeros = new long[1];
        // The loader counts what it was given; a note is only taken at the line up to which all has been acknowledged.
        long[] lastLine = new long[1];
        BulkLoader loader = new BulkLoader(client, index, done -> {
            progress.note(lastLine[0]);
            acknowledged.accept(lastLine[0]);
        });
        UserVectors.read(directory, artifact.manifest().dimension(), (line, user, vector) -> {
            if (isZero(vector)) {
                zeros[0]++;
            } else if (line > skip) {
                lastLine[0] = line;
                loader.add(user, document(artifact, vector));
            }
        });
        loader.flush();
        client.request("POST", "/" + index + "/_refresh");
        return zeros[0];
    }

    /** Makes the index unless it is there already; one of another model is refused. */
    private boolean createUsersIndex(ModelArtifact artifact, String index) {
        if (client.exists("/" + index)) {
            requireSameModel(artifact, index);
            return false;
        }
        boolean knn = hasPlugin("opensearch-knn");
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode settings = body.putObject("settings");
        if (knn) {
            settings.put("index.knn", true);
        }
        ObjectNode mappings = body.putObject("mappings");
        mappings.put("dynamic", "strict");
        mappings.putObject("_meta").put(MODEL_WEIGHTS, artifact.manifest().weightsSha256());
        ObjectNode properties = mappings.putObject("properties");
        properties.putObject("model").put("type", "keyword");
        ObjectNode vector = properties.putObject("vector");
        if (knn) {
            vector.put("type", "knn_vector")
                    .put("dimension", artifact.manifest().dimension());
            vector.putObject("method")
                    .put("name", "hnsw")
                    .put("engine", "lucene")
                    .put("space_type", "cosinesimil");
        } else {
            vector.put("type", "float").put("index", false).put("doc_values", false);
        }
        client.request("PUT", "/" + index, body);
        return true;
    }

    private void requireSameModel(ModelArtifact artifact, String index) {
        for (JsonNode mapping : client.request("GET", "/" + index + "/_mapping")) {
            String found = mapping.at("/mappings/_meta/" + MODEL_WEIGHTS).asText();
            if (found.equals(artifact.manifest().weightsSha256()) == false) {
                throw new IllegalArgumentException("index [" + index + "] does not hold the users of model ["
                        + artifact.manifest().id() + "]: every model needs a users index of its own");
            }
        }
    }

    private boolean hasPlugin(String name) {
        for (JsonNode plugin : client.request("GET", "/_cat/plugins?format=json")) {
            if (plugin.path("component").asText().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private static ObjectNode document(ModelArtifact artifact, ArrayNode vector) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("model", artifact.manifest().id());
        document.set("vector", vector);
        return document;
    }

    private static boolean isZero(ArrayNode vector) {
        for (JsonNode value : vector) {
            if (value.doubleValue() != 0) {
                return false;
            }
        }
        return true;
    }
}
