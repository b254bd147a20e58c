package org.opensearch.ralm.trainer.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.opensearch.ralm.trainer.live.ClickWriter;
import org.opensearch.ralm.trainer.live.Pace;
import org.opensearch.ralm.trainer.live.Quantiles;
import org.opensearch.ralm.trainer.publish.BackOff;
import org.opensearch.ralm.trainer.publish.ClusterClient;

/**
 * Searches of a feed, by user id, first while nobody clicks and then while clicks are counted.
 *
 * @param candidates how many the feed has
 * @param rate clicks a second
 * @param searchesPerSecond at which searches are due
 * @param quiet milliseconds from due to answered while nobody clicks
 * @param clicked the same with clicks
 */
public record SearchesUnderLoad(int candidates, int rate, int searchesPerSecond, Quantiles quiet, Quantiles clicked) {

    private static final int RATE = 500;
    private static final int SEARCHES_PER_SECOND = 10;
    private static final int USERS = 20_000;
    private static final int SEEDS_A_CLUSTER = 2;
    private static final long STREAM_SEED = 9;
    private static final int WARM_UP = 100;
    private static final BackOff BACK_OFF = new BackOff(800, 50, 1_000, Thread::sleep);

    /**
     * Makes a feed whose candidates have seeds already, and measures.
     *
     * @param seconds how long each of the two
     * @param directory for the model's files
     * @param out takes lines for people
     */
    public static SearchesUnderLoad measure(
            ClusterClient client, BenchModel model, int candidates, int seconds, Path directory, Consumer<String> out)
            throws IOException {
        out.accept("making a feed of " + candidates + " candidates with seeds");
        BenchFeed feed = new BenchFeed(client, model, candidates);
        feed.create(directory, USERS, SEEDS_A_CLUSTER * model.clusters());
        feed.live().recluster();
        client.request("POST", "/" + feed.live().candidates() + "/_refresh");
        SplittableRandom users = new SplittableRandom(STREAM_SEED);
        for (int i = 0; i < WARM_UP; i++) {
            search(client, feed, users);
        }
        out.accept("searching without clicks for " + seconds + " s");
        Quantiles quiet = searches(client, feed, users, seconds);
        out.accept("searching for " + seconds + " s with " + RATE + " clicks a second");
        ClickStream stream = new ClickStream(candidates, USERS, STREAM_SEED);
        ClickWriter writer = new ClickWriter(client, feed.live().clicks(), BACK_OFF);
        PacedSender sender = new PacedSender(
                stream, Pace.of(RATE), (long) RATE * seconds, writer, (pair, acknowledgement, late) -> {});
        CompletableFuture<Void> sending = CompletableFuture.runAsync(sender::send);
        Quantiles clicked = searches(client, feed, users, seconds);
        sending.join();
        return new SearchesUnderLoad(candidates, RATE, SEARCHES_PER_SECOND, quiet, clicked);
    }

    /** How many times as long the slowest searches take with clicks. */
    public double p99Ratio() {
        return clicked.at(0.99) / quiet.at(0.99);
    }

    /** Adds the figures. */
    public void describe(ObjectNode json) {
        json.put("candidates", candidates).put("clicks_per_s", rate).put("searches_per_s", searchesPerSecond);
        json.put("searches", clicked.size());
        json.put("quiet_p50_ms", quiet.at(0.5)).put("quiet_p99_ms", quiet.at(0.99));
        json.put("clicked_p50_ms", clicked.at(0.5)).put("clicked_p99_ms", clicked.at(0.99));
        json.put("p99_ratio", p99Ratio());
    }

    /** In a sentence. */
    public String toText() {
        return String.format(
                Locale.ROOT,
                "a feed of %,d candidates, searched %d times a second: p50 %.1f and p99 %.1f ms; with %,d clicks a second "
                        + "%.1f and %.1f ms, %.2f times%n",
                candidates,
                searchesPerSecond,
                quiet.at(0.5),
                quiet.at(0.99),
                rate,
                clicked.at(0.5),
                clicked.at(0.99),
                p99Ratio());
    }

    /** Searches one after the other when they are due, or as soon as the one before is answered. */
    private static Quantiles searches(ClusterClient client, BenchFeed feed, SplittableRandom users, int seconds) {
        Pace pace = Pace.of(SEARCHES_PER_SECOND);
        List<Double> millis = new ArrayList<>();
        for (int number = 0; number < seconds * SEARCHES_PER_SECOND; number++) {
            pace.await(number);
            search(client, feed, users);
            millis.add((System.nanoTime() - pace.due(number)) / 1e6);
        }
        return Quantiles.of(millis);
    }

    private static void search(ClusterClient client, BenchFeed feed, SplittableRandom users) {
        ObjectNode search = JsonNodeFactory.instance.objectNode().put("_source", false);
        search.putObject("query")
                .putObject("ralm_score")
                .put("feed", feed.live().name())
                .put("user_id", Pair.userId(users.nextInt(USERS)));
        JsonNode answer = client.request("POST", "/" + feed.live().candidates() + "/_search", search);
        if (answer.at("/hits/hits").isEmpty() || answer.at("/_shards/failed").asInt(1) > 0) {
            throw new IllegalStateException("a search of the clicked feed was answered with " + answer);
        }
    }
}
