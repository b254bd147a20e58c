package org.opensearch.ralm.trainer.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.opensearch.ralm.trainer.live.Click;
import org.opensearch.ralm.trainer.live.LiveFeed;
import org.opensearch.ralm.trainer.publish.ClusterClient;

/**
 * Compares the throughput of the same bulk requests with the ingest processor and without it. Both go into fresh indices
 * of the same mapping, in alternating rounds, after a first one in which each user has clicked and so is in the cache.
 * What goes past the processor brings id and routing along and has no vectors.
 */
final class IngestComparison {

    private static final int ROUNDS = 9;
    private static final int BULKS = 40;
    private static final int BULK = 500;
    private static final int THREADS = 2;

    private final ClusterClient client;
    private final LiveFeed feed;
    private final ClickStream stream;
    private final int users;

    /**
     * @param feed has an empty clicks index and is not refreshed
     * @param stream what is clicked
     * @param users how many users there are
     */
    IngestComparison(ClusterClient client, LiveFeed feed, ClickStream stream, int users) {
        this.client = client;
        this.feed = feed;
        this.stream = stream;
        this.users = users;
    }

    IngestRatio measure() {
        Way with = new Way(feed.clicks(), feed.clicksPipeline());
        Way without = new Way(feed.clicks() + "-without", "_none");
        createLike(with.index, without.index);
        List<List<Pair>> everyUser = everyUserOnce();
        send(with, everyUser);
        send(without, everyUser);
        List<IngestRatio.Round> rounds = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            rounds.add(round(round % 2 == 0, with, without));
        }
        client.request("DELETE", "/" + without.index);
        return new IngestRatio(rounds);
    }

    /** How clicks are indexed: where, and through which pipeline. */
    private record Way(String index, String pipeline) {

        String path() {
            return "/" + index + "/_bulk?filter_path=errors,items.*.error&pipeline=" + pipeline;
        }

        String lines(List<Pair> bulk) {
            StringBuilder lines = new StringBuilder();
            for (Pair pair : bulk) {
                Click click = new Click(pair.candidateId(), pair.userId(), System.currentTimeMillis());
                lines.append(action(click)).append('\n').append(click.toJson()).append('\n');
            }
            return lines.toString();
        }

        private ObjectNode action(Click click) {
            ObjectNode action = JsonNodeFactory.instance.objectNode();
            ObjectNode index = action.putObject("index");
            if (pipeline.equals("_none")) {
                index.put("_id", click.candidate() + ":" + click.user()).put("routing", click.candidate());
            }
            return action;
        }
    }

    private IngestRatio.Round round(boolean withFirst, Way with, Way without) {
        List<List<Pair>> bulks = new ArrayList<>();
        for (int bulk = 0; bulk < BULKS; bulk++) {
            bulks.add(bulk());
        }
        double first = BULKS * BULK / send(withFirst ? with : without, bulks);
        double second = BULKS * BULK / send(withFirst ? without : with, bulks);
        return withFirst ? new IngestRatio.Round(first, second) : new IngestRatio.Round(second, first);
    }

    private List<Pair> bulk() {
        List<Pair> bulk = new ArrayList<>();
        for (int click = 0; click < BULK; click++) {
            bulk.add(stream.next());
        }
        return bulk;
    }

    private List<List<Pair>> everyUserOnce() {
        List<List<Pair>> bulks = new ArrayList<>();
        for (int user = 0; user < users; user++) {
            if (user % BULK == 0) {
                bulks.add(new ArrayList<>());
            }
            bulks.getLast().add(new Pair(stream.next().candidate(), user));
        }
        return bulks;
    }

    private void createLike(String model, String index) {
        JsonNode mapping = client.request("GET", "/" + model + "/_mapping");
        ObjectNode definition = JsonNodeFactory.instance.objectNode();
        definition.putObject("settings").put("number_of_shards", 1).put("number_of_replicas", 0);
        definition.set("mappings", mapping.path(model).path("mappings"));
        client.request("PUT", "/" + index, definition);
    }

    /** Sends requests that are made before the clock runs, by several threads, and returns how many seconds it took. */
    private double send(Way way, List<List<Pair>> bulks) {
        List<Callable<JsonNode>> requests = bulks.stream()
                .map(way::lines)
                .map(lines -> (Callable<JsonNode>) () -> client.sendLinesOnce(way.path(), lines))
                .toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            long begin = System.nanoTime();
            for (Future<JsonNode> answer : threads.invokeAll(requests)) {
                requireNoErrors(way, answer.get());
            }
            return (System.nanoTime() - begin) / 1e9;
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "indexing clicks failed: " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while indexing clicks", e);
        }
    }

    private static void requireNoErrors(Way way, JsonNode answer) {
        if (answer.path("errors").asBoolean(true)) {
            JsonNode first = answer.path("items").path(0);
            throw new IllegalStateException("some clicks were refused at " + way.path() + ", as " + first);
        }
    }
}
