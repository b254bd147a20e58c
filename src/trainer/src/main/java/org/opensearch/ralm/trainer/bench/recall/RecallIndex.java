package org.opensearch.ralm.trainer.bench.recall;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.stream.IntStream;
import org.opensearch.ralm.block.Encoding;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.block.SeedBlockCodec;
import org.opensearch.ralm.trainer.publish.BulkLoader;
import org.opensearch.ralm.trainer.publish.ClusterClient;

/** Candidates with their blocks and, in a graph of Lucene's, their global embeddings; one shard, segments as they come. */
final class RecallIndex {

    static final String SEEDS = "ralm.seeds";
    static final String SEARCH = "/candidates/_search?request_cache=false";

    private static final int AT_A_TIME = 2_000;

    private final ClusterClient client;
    private final MadeUpFeed feed;

    RecallIndex(ClusterClient client, MadeUpFeed feed) {
        this.client = client;
        this.feed = feed;
    }

    void fill(int candidates) {
        client.request("PUT", "/candidates", definition());
        BulkLoader loader = new BulkLoader(client, "candidates", () -> {});
        for (int from = 0; from < candidates; from += AT_A_TIME) {
            SeedBlock[] blocks = IntStream.range(from, Math.min(candidates, from + AT_A_TIME))
                    .parallel()
                    .mapToObj(feed::block)
                    .toArray(SeedBlock[]::new);
            for (int i = 0; i < blocks.length; i++) {
                loader.add(Integer.toString(from + i), document(blocks[i]));
            }
        }
        loader.flush();
        client.request("POST", "/candidates/_flush");
        client.request("POST", "/candidates/_refresh");
    }

    int segments() {
        return client.request("GET", "/candidates/_stats/segments")
                .at("/_all/primaries/segments/count")
                .asInt();
    }

    private static ObjectNode document(SeedBlock block) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ObjectNode ralm = document.putObject("ralm");
        ralm.put("seeds", Base64.getEncoder().encodeToString(SeedBlockCodec.encode(block, Encoding.FLOAT32)));
        ArrayNode global = ralm.putArray("global");
        for (float value : block.global()) {
            global.add(value);
        }
        return document;
    }

    private ObjectNode definition() {
        ObjectNode definition = JsonNodeFactory.instance.objectNode();
        definition
                .putObject("settings")
                .put("number_of_shards", 1)
                .put("number_of_replicas", 0)
                .put("refresh_interval", "-1")
                .put("translog.durability", "async")
                .put("index.knn", true)
                .put("index.knn.derived_source.enabled", false);
        ObjectNode mappings = definition.putObject("mappings").put("dynamic", "strict");
        mappings.putObject("_source")
                .put("recovery_source_enabled", false)
                .putArray("excludes")
                .add("ralm");
        ObjectNode ralm = mappings.putObject("properties").putObject("ralm").putObject("properties");
        ralm.putObject("seeds").put("type", "ralm_seeds").put("dimension", feed.dimension());
        ObjectNode global = ralm.putObject("global").put("type", "knn_vector").put("dimension", feed.dimension());
        global.putObject("method").put("name", "hnsw").put("engine", "lucene").put("space_type", "cosinesimil");
        return definition;
    }
}
