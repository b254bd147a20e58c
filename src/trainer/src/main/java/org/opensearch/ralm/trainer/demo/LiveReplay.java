package org.opensearch.ralm.trainer.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntFunction;
import org.opensearch.ralm.trainer.live.Acknowledgement;
import org.opensearch.ralm.trainer.live.Click;
import org.opensearch.ralm.trainer.live.ClickWriter;
import org.opensearch.ralm.trainer.live.LiveFeed;
import org.opensearch.ralm.trainer.live.Pace;
import org.opensearch.ralm.trainer.live.Quantiles;
import org.opensearch.ralm.trainer.live.Repeating;
import org.opensearch.ralm.trainer.live.Staleness;
import org.opensearch.ralm.trainer.publish.BackOff;
import org.opensearch.ralm.trainer.publish.ClusterClient;

/** Sends the clicks of a replay to a feed while users search it, and watches what comes of them. Runs once. */
final class LiveReplay {

    /** Candidates first clicked after this share of the clicks are new: by then the others have their audiences. */
    private static final double KNOWN = 0.5;

    private static final int SECONDS = 30;
    private static final int SAMPLED_EVERY = 100;
    private static final long SEARCH_PAUSE_MILLIS = 20;
    private static final long POLL_MILLIS = 250;

    private final ClusterClient client;
    private final LiveFeed feed;
    private final ClickReplay replay;
    private final IntFunction<String> users;
    private final Staleness staleness;
    private final Newcomers newcomers;
    private final Queue<Double> pageMillis = new ConcurrentLinkedQueue<>();
    private int searches;
    private int acknowledged;

    /**
     * @param users the user of each search, by its number
     */
    LiveReplay(ClusterClient client, LiveFeed feed, ClickReplay replay, IntFunction<String> users) {
        this.client = client;
        this.feed = feed;
        this.replay = replay;
        this.users = users;
        this.staleness = new Staleness(client, feed.candidates(), System::nanoTime);
        this.newcomers = new Newcomers(replay.newcomers(KNOWN), System::nanoTime);
    }

    LiveFigures run() {
        ClickWriter writer = new ClickWriter(client, feed.clicks(), BackOff.standard());
        Pace pace = Pace.of(Math.max(1, replay.clicks().size() / SECONDS));
        try (Repeating searching = new Repeating(this::search, SEARCH_PAUSE_MILLIS);
                Repeating polling = new Repeating(staleness::poll, POLL_MILLIS)) {
            replay.send(writer, pace, this::acknowledged);
        }
        double seconds = (System.nanoTime() - pace.start()) / 1e9;
        return new LiveFigures(
                replay.clicks().size(), seconds, staleness.seconds(), Quantiles.of(pageMillis), newcomers.found());
    }

    private void acknowledged(Click click, Acknowledgement acknowledgement) {
        newcomers.clicked(click.candidate());
        if (acknowledgement.created() && acknowledged++ % SAMPLED_EVERY == 0) {
            staleness.watch(click.candidate(), acknowledgement.seqNo());
        }
    }

    private void search() {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("size", 10);
        body.putArray("_source").add("ralm.seed_count");
        body.set("query", Queries.lookalike(feed.name(), users.apply(searches++)));
        long begin = System.nanoTime();
        JsonNode page = client.request("POST", "/" + feed.candidates() + "/_search", body);
        pageMillis.add((System.nanoTime() - begin) / 1e6);
        for (JsonNode hit : page.at("/hits/hits")) {
            int seeds = hit.at("/_source/ralm/seed_count").asInt();
            newcomers.onPage(hit.path("_id").asText(), seeds);
        }
    }
}
