package org.opensearch.ralm.trainer.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.opensearch.ralm.artifact.ModelManifest;
import org.opensearch.ralm.trainer.data.Attribute;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.IdLists;
import org.opensearch.ralm.trainer.data.SeedIndex;
import org.opensearch.ralm.trainer.publish.BulkLoader;
import org.opensearch.ralm.trainer.publish.ClusterClient;

/**
 * A feed of the demo: the pipeline and index of its candidates, and the candidates with their seeds.
 *
 * @param name names the feed, its candidates index and its pipeline
 */
record DemoFeed(String name) {

    /** Defines the feed and makes its index, its documents going through the {@code ralm_seeds} processor. */
    void create(ClusterClient client, Dataset dataset, ModelManifest model, String usersIndex) {
        client.request("PUT", "/" + name, index(dataset, model));
        ObjectNode feed = JsonNodeFactory.instance.objectNode();
        feed.put("candidates", name).put("users", usersIndex).put("model", model.id());
        feed.put("field", "ralm.seeds").put("k", model.clusters()).put("encoding", "float32");
        client.request("PUT", "/_plugins/_ralm/feeds/" + name, feed);
        ObjectNode pipeline = JsonNodeFactory.instance.objectNode();
        pipeline.putArray("processors").addObject().putObject("ralm_seeds").put("feed", name);
        client.request("PUT", "/_ingest/pipeline/" + name, pipeline);
        client.request(
                "PUT",
                "/" + name + "/_settings",
                JsonNodeFactory.instance.objectNode().put("index.default_pipeline", name));
    }

    /** Indexes the candidates of a pool with the newest of the seeds they had before a moment. */
    void index(ClusterClient client, Dataset dataset, SeedIndex seeds, int[] pool, long time, int maxSeeds) {
        BulkLoader loader = new BulkLoader(client, name, () -> {});
        for (int item : pool) {
            ObjectNode document = JsonNodeFactory.instance.objectNode();
            for (Attribute attribute : dataset.itemAttributes()) {
                IdLists values = attribute.values();
                ArrayNode names = document.putArray(attribute.name());
                for (int position = values.start(item); position < values.end(item); position++) {
                    names.add(attribute.vocabulary().name(values.id(position)));
                }
            }
            document.put("clicks", seeds.clicks(item, Long.MIN_VALUE, time));
            ArrayNode users = document.putArray("seed_users");
            for (int user : seeds.seedsOf(item, time, maxSeeds)) {
                users.add(dataset.users().name(user));
            }
            loader.add(dataset.items().name(item), document);
        }
        loader.flush();
        client.request("POST", "/" + name + "/_forcemerge?max_num_segments=1");
        client.request("POST", "/" + name + "/_refresh");
    }

    private static ObjectNode index(Dataset dataset, ModelManifest model) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("settings").put("number_of_shards", 1).put("number_of_replicas", 0);
        ObjectNode mappings = body.putObject("mappings");
        mappings.put("dynamic", "strict");
        ObjectNode properties = mappings.putObject("properties");
        for (Attribute attribute : dataset.itemAttributes()) {
            properties.putObject(attribute.name()).put("type", "keyword");
        }
        properties.putObject("clicks").put("type", "long");
        properties
                .putObject("seed_users")
                .put("type", "keyword")
                .put("index", false)
                .put("doc_values", false);
        ObjectNode ralm = properties.putObject("ralm").putObject("properties");
        ralm.putObject("seeds").put("type", "ralm_seeds").put("dimension", model.dimension());
        ralm.putObject("seed_count").put("type", "integer");
        ralm.putObject("cluster_sizes").put("type", "integer");
        ralm.putObject("model").put("type", "keyword");
        ralm.putObject("refreshed_at").put("type", "date");
        ralm.putObject("unknown_users").put("type", "integer");
        return body;
    }
}
