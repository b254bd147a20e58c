package org.opensearch.ralm.trainer.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.opensearch.ralm.artifact.ModelManifest;

/** The index of one model's user vectors: {@code knn_vector} where the cluster has k-NN, else plain numbers. */
final class UsersIndex {

    private static final String MODEL_WEIGHTS = "ralm_weights_sha256";

    private final ClusterClient client;
    private final String name;

    /**
     * @throws IllegalArgumentException if an index cannot be called so
     */
    UsersIndex(ClusterClient client, String name) {
        // What OpenSearch allows, and nothing that means something else in a URL.
        if (name.matches("[a-z0-9@.][a-z0-9@._+-]{0,254}") == false) {
            throw new IllegalArgumentException("the users index [" + name
                    + "] must be called by lower-case letters, digits and @ . _ + -, beginning with none of _ + -");
        }
        this.client = client;
        this.name = name;
    }

    /**
     * Makes the index unless it is there already.
     *
     * @return the index' uuid, which another index of this name would not have
     * @throws IllegalArgumentException if the index holds another model's users
     */
    String ensure(ModelManifest model) {
        if (client.exists("/" + name) == false) {
            client.request("PUT", "/" + name, definition(model));
        }
        JsonNode found = client.request("GET", "/" + name);
        if (found.size() != 1) {
            throw new IllegalArgumentException("[" + name + "] must be one index, but is " + found.size());
        }
        JsonNode index = found.elements().next();
        String weights = index.at("/mappings/_meta/" + MODEL_WEIGHTS).asText();
        if (weights.equals(model.weightsSha256()) == false) {
            throw new IllegalArgumentException("index [" + name + "] does not hold the users of model [" + model.id()
                    + "]: every model needs a users index of its own");
        }
        return index.at("/settings/index/uuid").asText();
    }

    private ObjectNode definition(ModelManifest model) {
        boolean knn = hasPlugin("opensearch-knn");
        ObjectNode definition = JsonNodeFactory.instance.objectNode();
        if (knn) {
            definition.putObject("settings").put("index.knn", true);
        }
        ObjectNode mappings = definition.putObject("mappings");
        mappings.put("dynamic", "strict");
        mappings.putObject("_meta").put(MODEL_WEIGHTS, model.weightsSha256());
        ObjectNode properties = mappings.putObject("properties");
        properties.putObject("model").put("type", "keyword");
        ObjectNode vector = properties.putObject("vector");
        if (knn) {
            vector.put("type", "knn_vector").put("dimension", model.dimension());
            vector.putObject("method")
                    .put("name", "hnsw")
                    .put("engine", "lucene")
                    .put("space_type", "cosinesimil");
        } else {
            vector.put("type", "float").put("index", false).put("doc_values", false);
        }
        return definition;
    }

    private boolean hasPlugin(String plugin) {
        for (JsonNode installed : client.request("GET", "/_cat/plugins?format=json")) {
            if (installed.path("component").asText().equals(plugin)) {
                return true;
            }
        }
        return false;
    }
}
