package org.opensearch.ralm.trainer.publish;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.function.LongConsumer;
import org.opensearch.ralm.artifact.ModelArtifact;
import org.opensearch.ralm.artifact.ModelManifest;
import org.opensearch.ralm.artifact.UserVectors;

/**
 * Publishes a model: uploads it, makes the index of its user vectors and fills it. Publishing again does only what is
 * left to do. Not safe for use by several threads.
 */
public final class ModelPublisher {

    private final ClusterClient client;

    /** Publishes to the cluster of a client. */
    public ModelPublisher(ClusterClient client) {
        this.client = client;
    }

    /**
     * Uploads a model; the same model again changes nothing.
     *
     * @throws ClusterException if the cluster refuses it
     */
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
     * @return how many users were left out because their vector is zero: no cosine is defined for them
     * @throws IllegalArgumentException if the index cannot be called so or holds another model's users, or a vector is
     *     not valid
     * @throws ClusterException if the cluster refuses
     */
    public long loadUsers(ModelManifest model, Path directory, String index, LongConsumer acknowledged)
            throws IOException {
        String vectors = UserVectors.sha256(directory);
        ObjectNode load = JsonNodeFactory.instance.objectNode();
        load.put("model", model.id()).put("vectors_sha256", vectors).put("index", index);
        load.put("index_uuid", new UsersIndex(client, index).ensure(model));
        LoadProgress progress = LoadProgress.of(directory.resolve("publish-" + index + ".json"), load);
        UsersLoad users = new UsersLoad(client, index, model.id(), progress, acknowledged);
        UserVectors.read(directory, model.dimension(), users);
        long leftOut = users.finish();
        client.request("POST", "/" + index + "/_refresh");
        return leftOut;
    }
}
