package org.opensearch.ralm.trainer.bench.recall;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.opensearch.ralm.trainer.bench.Machine;
import org.opensearch.ralm.trainer.live.Quantiles;
import org.opensearch.ralm.trainer.publish.ClusterClient;
import org.opensearch.ralm.trainer.publish.ModelPublisher;
import org.opensearch.ralm.trainer.server.ClusterOptions;
import org.opensearch.ralm.trainer.server.LocalCluster;
import org.opensearch.ralm.trainer.server.ServerLayout;

/**
 * Starts a cluster, indexes the candidates of a made-up feed with their global embeddings, and asks for the best 50 of
 * users: by scoring all candidates, and by scoring only those recalled, for several k in turns.
 */
public final class RecallBench {

    private static final int TOP = 50;
    private static final int WARM_UP = 10;
    private static final long FEED = 13;
    private static final long USERS = 17;

    /** The shares of the candidates that k is tried as. */
    private static final double[] SHARES = {0.0025, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2};

    private final MadeUpFeed feed = new MadeUpFeed(FEED);
    private final int candidates;
    private final int searches;
    private final Path directory;
    private final Consumer<String> out;

    /**
     * @param searches of each kind
     * @param directory where the cluster is kept meanwhile
     * @param out takes lines for people
     */
    public RecallBench(int candidates, int searches, Path directory, Consumer<String> out) {
        this.candidates = candidates;
        this.searches = searches;
        this.directory = directory;
        this.out = out;
    }

    /** Does it all; the cluster is stopped whatever happens. */
    public RecallResult run() throws IOException {
        ClusterOptions cluster = ClusterOptions.in(directory.resolve("cluster"));
        out.accept("starting OpenSearch, its files in " + cluster.state());
        try (LocalCluster running = LocalCluster.start(ServerLayout.find(), cluster);
                ClusterClient client = ClusterClient.connect(Optional.empty(), running.url())) {
            new ModelPublisher(client).uploadModel(feed.artifact());
            out.accept(String.format(Locale.ROOT, "indexing %,d candidates", candidates));
            RecallIndex index = new RecallIndex(client, feed);
            index.fill(candidates);
            out.accept("searching");
            return measure(client, index.segments());
        }
    }

    private RecallResult measure(ClusterClient client, int segments) {
        SplittableRandom random = new SplittableRandom(USERS);
        for (int i = 0; i < WARM_UP; i++) {
            round(client, feed.user(random), new Sums(0), sums());
        }
        Sums exhaustive = new Sums(candidates);
        List<Sums> recalled = sums();
        for (int i = 0; i < searches; i++) {
            round(client, feed.user(random), exhaustive, recalled);
        }
        return new RecallResult(
                Instant.now(),
                Machine.here(),
                candidates,
                searches,
                segments,
                exhaustive.row(),
                recalled.stream().map(Sums::row).toList());
    }

    private List<Sums> sums() {
        return IntStream.range(0, SHARES.length)
                .mapToObj(i -> new Sums((int) Math.max(TOP, candidates * SHARES[i])))
                .toList();
    }

    /** One user's search of each kind. */
    private void round(ClusterClient client, float[] user, Sums exhaustive, List<Sums> recalled) {
        Set<String> best = exhaustive.search(client, user, 0, null);
        for (Sums sums : recalled) {
            sums.search(client, user, sums.k, best);
        }
    }

    /** What the searches of one kind did so far. */
    private final class Sums {

        private final int k;
        private final List<Double> millis = new ArrayList<>();
        private double overlap;
        private long scored;

        Sums(int k) {
            this.k = k;
        }

        /**
         * Searches once.
         *
         * @param recall how many candidates are recalled; 0 to score all
         * @param expected the best 50; null if these are they
         */
        Set<String> search(ClusterClient client, float[] user, int recall, Set<String> expected) {
            ObjectNode search = request(user, recall);
            long begin = System.nanoTime();
            JsonNode answer = client.request("POST", RecallIndex.SEARCH, search);
            millis.add((System.nanoTime() - begin) / 1e6);
            Set<String> found = new HashSet<>();
            answer.at("/hits/hits").forEach(hit -> found.add(hit.path("_id").asText()));
            scored += answer.at("/hits/total/value").asLong();
            overlap += expected == null
                    ? 1
                    : (double) expected.stream().filter(found::contains).count() / expected.size();
            return found;
        }

        RecallRow row() {
            return new RecallRow(k, (double) scored / millis.size(), overlap / millis.size(), Quantiles.of(millis));
        }
    }

    private ObjectNode request(float[] user, int recall) {
        ObjectNode search = JsonNodeFactory.instance.objectNode();
        search.put("size", TOP).put("_source", false).put("track_total_hits", true);
        ObjectNode members = search.putObject("query").putObject("ralm_score");
        members.put("field", RecallIndex.SEEDS)
                .put("model", feed.artifact().manifest().id());
        ArrayNode vector = members.putArray("user_vector");
        for (float value : user) {
            vector.add(value);
        }
        if (recall > 0) {
            members.putObject("recall").put("k", recall);
        }
        return search;
    }
}
