package org.opensearch.ralm.trainer.bench.score;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.opensearch.ralm.trainer.publish.BulkLoader;
import org.opensearch.ralm.trainer.publish.ClusterClient;

/**
 * The index all contenders search: one shard without copies, one segment, segments searched one after the other. What
 * scoring reads is kept out of the source, so that reading the source costs those who do no more than their own vectors.
 */
final class ScoreIndex {

    static final String NUMBER = "number";

    /** One vector. */
    static final String VECTOR = "vector";

    /** Seed blocks. */
    static final String FLOAT32 = "seeds";

    static final String INT8 = "seeds_int8";

    /** A binary doc value with the same clusters in float32. */
    static final String CLUSTERS = "clusters";

    /** The centroids as numbers in the source. */
    static final String VECTORS = "vectors";

    private final ClusterClient client;
    private final String name;

    ScoreIndex(ClusterClient client, String name) {
        this.client = client;
        this.name = name;
    }

    String name() {
        return name;
    }

    /** Makes and fills it, in as many segments as come. */
    void fill(int candidates, CandidateDocuments documents, ScoreOptions options) {
        client.request("PUT", "/" + name, definition(options.dimension()));
        BulkLoader loader = new BulkLoader(client, name, () -> {});
        for (int number = 0; number < candidates; number++) {
            loader.add(Integer.toString(number), documents.document(number, number < ScoreOptions.slow(candidates)));
        }
        loader.flush();
        client.request("POST", "/" + name + "/_flush");
        client.request("POST", "/" + name + "/_refresh");
        client.request(
                "PUT",
                "/" + name + "/_settings",
                JsonNodeFactory.instance.objectNode().put("index.blocks.write", true));
    }

    /**
     * An index of the same segments.
     *
     * @param threads how many share the segments of each search
     */
    ScoreIndex copy(String copy, int threads) {
        ObjectNode definition = JsonNodeFactory.instance.objectNode();
        definition
                .putObject("settings")
                .put("index.number_of_replicas", 0)
                .put("index.search.concurrent_segment_search.mode", threads > 1 ? "all" : "none")
                .put("index.search.concurrent.max_slice_count", threads);
        client.request("PUT", "/" + name + "/_clone/" + copy + "?wait_for_active_shards=1", definition);
        return new ScoreIndex(client, copy);
    }

    /** Makes one segment of all. */
    void merge() {
        client.request("POST", "/" + name + "/_forcemerge?max_num_segments=1");
        client.request("POST", "/" + name + "/_refresh");
    }

    int segments() {
        return client.request("GET", "/" + name + "/_stats/segments")
                .at("/_all/primaries/segments/count")
                .asInt();
    }

    void delete() {
        client.request("DELETE", "/" + name);
    }

    private static ObjectNode definition(int dimension) {
        ObjectNode definition = JsonNodeFactory.instance.objectNode();
        definition
                .putObject("settings")
                .put("number_of_shards", 1)
                .put("number_of_replicas", 0)
                .put("refresh_interval", "-1")
                .put("translog.durability", "async")
                .put("search.concurrent_segment_search.mode", "none");
        ObjectNode mappings = definition.putObject("mappings").put("dynamic", "strict");
        ObjectNode source = mappings.putObject("_source").put("recovery_source_enabled", false);
        source.putArray("excludes").add(VECTOR).add(FLOAT32).add(INT8).add(CLUSTERS);
        ObjectNode properties = mappings.putObject("properties");
        properties.putObject(NUMBER).put("type", "integer");
        properties.putObject(VECTOR).put("type", "knn_vector").put("dimension", dimension);
        properties.putObject(FLOAT32).put("type", "ralm_seeds").put("dimension", dimension);
        properties.putObject(INT8).put("type", "ralm_seeds").put("dimension", dimension);
        properties.putObject(CLUSTERS).put("type", "binary").put("doc_values", true);
        properties.putObject(VECTORS).put("type", "object").put("enabled", false);
        return definition;
    }
}
