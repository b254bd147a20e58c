package org.opensearch.ralm.trainer.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.opensearch.ralm.artifact.ModelManifest;
import org.opensearch.ralm.trainer.data.Attribute;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.IdLists;
import org.opensearch.ralm.trainer.data.SeedIndex;
import org.opensearch.ralm.trainer.live.LiveFeed;
import org.opensearch.ralm.trainer.publish.BulkLoader;
import org.opensearch.ralm.trainer.publish.ClusterClient;
import org.opensearch.ralm.trainer.training.LookalikeOptions;

/**
 * A feed of the demo: its indices, and candidates that wait for their clicks.
 *
 * @param name names the feed and its indices
 */
record DemoFeed(String name) {

    /** The index of user vectors. */
    String users() {
        return name + "-users";
    }

    LiveFeed live(ClusterClient client) {
        return new LiveFeed(client, name, users());
    }

    /** Defines the feed so that it takes the seeds the model was trained with, and makes its indices. */
    void create(ClusterClient client, Dataset dataset, ModelManifest model, LookalikeOptions options) {
        live(client).create(model.id(), members(model, options), 0);
        client.request("PUT", "/" + name + "/_mapping", mapping(dataset));
    }

    /** From now on candidates with too few seeds are scored by what is known of them. */
    void nameContent(ClusterClient client, ModelManifest model, LookalikeOptions options) {
        ObjectNode feed = members(model, options);
        ArrayNode fields = feed.putArray("content_fields");
        model.content().fields().forEach(fields::add);
        live(client).create(model.id(), feed, 0);
    }

    private static ObjectNode members(ModelManifest model, LookalikeOptions options) {
        ObjectNode feed = JsonNodeFactory.instance.objectNode();
        feed.put("k", model.clusters()).put("encoding", "float32");
        feed.put("min_seeds", options.minSeeds()).put("max_seeds", options.maxSeeds());
        return feed.put("refresh_interval", "1s");
    }

    /** Indexes the candidates of a pool, without seeds, and how often each had been clicked before a moment. */
    void index(ClusterClient client, Dataset dataset, SeedIndex seeds, int[] pool, long time) {
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
            loader.add(dataset.items().name(item), document);
        }
        loader.flush();
    }

    /** The field that says what candidates are about: the first of their attributes; empty if they have none. */
    Optional<String> category(Dataset dataset) {
        return dataset.itemAttributes().stream().map(Attribute::name).findFirst();
    }

    /** Counts all clicks, so that each block is what the trainer would make of the same seeds. */
    void complete(ClusterClient client) {
        live(client).recluster();
        client.request("POST", "/" + name + "/_forcemerge?max_num_segments=1");
        client.request("POST", "/" + name + "/_refresh");
    }

    private static ObjectNode mapping(Dataset dataset) {
        ObjectNode mapping = JsonNodeFactory.instance.objectNode();
        ObjectNode properties = mapping.putObject("properties");
        for (Attribute attribute : dataset.itemAttributes()) {
            properties.putObject(attribute.name()).put("type", "keyword");
        }
        properties.putObject("clicks").put("type", "long");
        return mapping;
    }
}
