package org.opensearch.ralm.trainer.bench.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.opensearch.ralm.artifact.ModelArtifact;
import org.opensearch.ralm.artifact.UserVectors;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.trainer.bench.BenchModel;
import org.opensearch.ralm.trainer.publish.ClusterClient;
import org.opensearch.ralm.trainer.publish.ModelPublisher;

/**
 * A model and its users as the bench knows them, whatever the cluster says.
 *
 * @param artifact what is uploaded
 * @param model the same, to compute with
 * @param users the look-alike vectors by user
 * @param directory its files
 */
record KnownModel(ModelArtifact artifact, LookalikeModel model, Map<String, float[]> users, Path directory) {

    /**
     * Makes up a model.
     *
     * @param seed other seeds make other models
     */
    static KnownModel make(String id, long seed, Path directory) throws IOException {
        BenchModel made = new BenchModel(id, seed, ChaosOptions.DIMENSION, ChaosOptions.CLUSTERS);
        ModelArtifact artifact = made.artifact();
        made.writeUsers(directory, ChaosOptions.USERS);
        Map<String, float[]> users = new HashMap<>();
        UserVectors.read(directory, ChaosOptions.DIMENSION, (line, user, vector) -> users.put(user, vector));
        return new KnownModel(artifact, new LookalikeModel(artifact), users, directory);
    }

    String id() {
        return artifact.manifest().id();
    }

    /** The index of its users. */
    String usersIndex() {
        return id() + "-users";
    }

    /** Uploads the model and its users. */
    void publish(ClusterClient client) throws IOException {
        ModelPublisher publisher = new ModelPublisher(client);
        publisher.uploadModel(artifact);
        publisher.loadUsers(artifact.manifest(), directory, usersIndex(), acknowledged -> {});
    }
}
