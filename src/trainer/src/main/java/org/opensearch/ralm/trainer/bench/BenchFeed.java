package org.opensearch.ralm.trainer.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.opensearch.ralm.artifact.ModelArtifact;
import org.opensearch.ralm.trainer.live.LiveFeed;
import org.opensearch.ralm.trainer.publish.BulkLoader;
import org.opensearch.ralm.trainer.publish.ClusterClient;
import org.opensearch.ralm.trainer.publish.ModelPublisher;

/** The feed under load: its model and users, and candidates c0, c1, … that have no seeds at first. */
final class BenchFeed {

    static final String REFRESH_INTERVAL = "5s";
    static final String RECLUSTER_INTERVAL = "5m";

    private static final String NAME = "bench";
    private static final String USERS = NAME + "-users";
    private static final int PAGE = 1_000;

    private static final long SEED_USERS = 3;

    private final ClusterClient client;
    private final BenchModel model;
    private final int candidates;

    /**
     * @param candidates how many candidates there are
     */
    BenchFeed(ClusterClient client, BenchModel model, int candidates) {
        this.client = client;
        this.model = model;
        this.candidates = candidates;
    }

    /** The feed under load. */
    LiveFeed live() {
        return new LiveFeed(client, NAME, USERS);
    }

    /**
     * Publishes the model, defines the feed and indexes its candidates.
     *
     * @param directory for the model's files
     * @param seeds how many users each candidate is given as seeds
     */
    void create(Path directory, int users, int seeds) throws IOException {
        ModelArtifact artifact = model.artifact();
        model.writeUsers(directory, users);
        ModelPublisher publisher = new ModelPublisher(client);
        publisher.uploadModel(artifact);
        publisher.loadUsers(artifact.manifest(), directory, USERS, acknowledged -> {});
        ObjectNode options = JsonNodeFactory.instance.objectNode();
        options.put("k", model.clusters());
        options.put("refresh_interval", REFRESH_INTERVAL).put("recluster_interval", RECLUSTER_INTERVAL);
        live().create(BenchModel.ID, options, 0);
        SplittableRandom random = new SplittableRandom(SEED_USERS);
        BulkLoader loader = new BulkLoader(client, live().candidates(), () -> {});
        for (int candidate = 0; candidate < candidates; candidate++) {
            ObjectNode document = JsonNodeFactory.instance.objectNode();
            ArrayNode seedUsers = document.putArray("seed_users");
            random.ints(seeds, 0, users).mapToObj(Pair::userId).forEach(seedUsers::add);
            loader.add(Pair.candidateId(candidate), seeds == 0 ? document.removeAll() : document);
        }
        loader.flush();
    }

    /** A feed of the same users and model whose clicks nobody counts. */
    LiveFeed createUnrefreshed() {
        LiveFeed feed = new LiveFeed(client, NAME + "-unrefreshed", USERS);
        ObjectNode options = JsonNodeFactory.instance.objectNode();
        options.put("refresh_interval", "1d").put("recluster_interval", "1d");
        feed.create(BenchModel.ID, options, 0);
        return feed;
    }

    /** How many seeds each candidate's block stands for now. */
    int[] seedCounts() {
        int[] counts = new int[candidates];
        for (int from = 0; from < candidates; from += PAGE) {
            readCounts(counts, from, Math.min(candidates, from + PAGE));
        }
        return counts;
    }

    private void readCounts(int[] counts, int from, int to) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode ids = body.putArray("ids");
        for (int candidate = from; candidate < to; candidate++) {
            ids.add(Pair.candidateId(candidate));
        }
        String path = "/" + live().candidates() + "/_mget?_source_includes=ralm.seed_count";
        int candidate = from;
        for (JsonNode document : client.request("POST", path, body).path("docs")) {
            counts[candidate++] = document.at("/_source/ralm/seed_count").asInt();
        }
    }
}
