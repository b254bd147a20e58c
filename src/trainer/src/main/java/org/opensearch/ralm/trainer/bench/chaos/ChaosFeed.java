package org.opensearch.ralm.trainer.bench.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.opensearch.ralm.trainer.live.LiveFeed;
import org.opensearch.ralm.trainer.publish.ClusterClient;

/** The feed under load, its indices of several shards and copies, and all that is in them at last. */
final class ChaosFeed {

    static final String NAME = "chaos";

    private static final int PAGE = 5_000;

    private final ClusterClient client;
    private final LiveFeed feed;

    ChaosFeed(ClusterClient client, KnownModel model) {
        this.client = client;
        this.feed = new LiveFeed(client, NAME, model.usersIndex());
    }

    LiveFeed live() {
        return feed;
    }

    /** Publishes the model and defines the feed; candidates come later. */
    void create(KnownModel model) throws IOException {
        model.publish(client);
        ObjectNode options = JsonNodeFactory.instance.objectNode();
        options.put("k", ChaosOptions.CLUSTERS).put("min_seeds", 5);
        options.put("refresh_interval", ChaosOptions.REFRESH_INTERVAL);
        feed.create(model.id(), options, ChaosOptions.SHARDS, ChaosOptions.REPLICAS);
    }

    /** Makes one segment of each shard, so that open files can be compared with those of another time. */
    void merge() {
        String indices = "/" + feed.candidates() + "," + feed.clicks();
        client.request("POST", indices + "/_refresh");
        client.request("POST", indices + "/_forcemerge?max_num_segments=1");
        client.request("POST", indices + "/_refresh");
    }

    /** The ids of all documents of the clicks index. */
    Set<String> clickIds() {
        Set<String> ids = new HashSet<>();
        scan(feed.clicks(), "", hit -> ids.add(hit.path("_id").asText()));
        return ids;
    }

    /** The revision of each candidate. */
    Map<String, Long> revisions() {
        Map<String, Long> revisions = new HashMap<>();
        scan(
                feed.candidates(),
                CandidateLoad.REVISION,
                hit -> revisions.put(
                        hit.path("_id").asText(),
                        hit.path("_source").path(CandidateLoad.REVISION).asLong(-1)));
        return revisions;
    }

    /** How many seeds each candidate's block stands for; the fewest where it has blocks of two models. */
    Map<String, Integer> seedCounts() {
        Map<String, Integer> counts = new HashMap<>();
        scan(feed.candidates(), "ralm*.seed_count", hit -> {
            for (JsonNode slot : hit.path("_source")) {
                counts.merge(hit.path("_id").asText(), slot.path("seed_count").asInt(), Math::min);
            }
        });
        return counts;
    }

    /** Reads all documents of an index, each with one field of its source or none. */
    private void scan(String index, String field, Consumer<JsonNode> hits) {
        client.request("POST", "/" + index + "/_refresh");
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("size", PAGE);
        if (field.isEmpty()) {
            body.put("_source", false);
        } else {
            body.put("_source", field);
        }
        body.putArray("sort").add("_doc");
        JsonNode page = client.request("POST", "/" + index + "/_search?scroll=2m", body);
        ObjectNode scroll = JsonNodeFactory.instance.objectNode();
        while (page.at("/hits/hits").isEmpty() == false) {
            if (page.at("/_shards/failed").asInt() > 0) {
                throw new IllegalStateException("not all of [" + index + "] could be read: " + page.path("_shards"));
            }
            page.at("/hits/hits").forEach(hits);
            scroll.put("scroll", "2m").put("scroll_id", page.path("_scroll_id").asText());
            page = client.request("POST", "/_search/scroll", scroll);
        }
        ObjectNode ended = JsonNodeFactory.instance.objectNode();
        client.request(
                "DELETE",
                "/_search/scroll",
                ended.put("scroll_id", scroll.path("scroll_id").asText()));
    }
}
