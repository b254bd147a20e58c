package org.opensearch.ralm.trainer.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
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

/**
 * Sends the clicks of a replay to a feed while their users, each just before a click, ask it for a page; watches what comes
 * of the clicks and writes down what was shown. Runs once.
 */
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
    private final Visits visits;
    private final Impressions impressions;
    private final Staleness staleness;
    private final Newcomers newcomers;
    private final Queue<Double> pageMillis = new ConcurrentLinkedQueue<>();
    private int acknowledged;

    LiveReplay(ClusterClient client, LiveFeed feed, ClickReplay replay, Impressions impressions) {
        this.client = client;
        this.feed = feed;
        this.replay = replay;
        this.visits = new Visits(replay.clicks());
        this.impressions = impressions;
        this.staleness = new Staleness(client, feed.candidates(), System::nanoTime);
        this.newcomers = new Newcomers(replay.newcomers(KNOWN), System::nanoTime);
    }

    LiveFigures run() {
        ClickWriter writer = new ClickWriter(client, feed.clicks(), BackOff.standard());
        Pace pace = Pace.of(Math.max(1, replay.clicks().size() / SECONDS));
        try (Repeating searching = new Repeating(this::search, SEARCH_PAUSE_MILLIS);
                Repeating polling = new Repeating(staleness::poll, POLL_MILLIS)) {
            replay.send(writer, pace, receiver());
        }
        double seconds = (System.nanoTime() - pace.start()) / 1e9;
        impressions.flush();
        return new LiveFigures(
                replay.clicks().size(), seconds, staleness.seconds(), Quantiles.of(pageMillis), newcomers.found());
    }

    private ClickReplay.Receiver receiver() {
        return new ClickReplay.Receiver() {
            @Override
            public void sending(int place) {
                visits.sentUntil(place);
            }

            @Override
            public void acknowledged(Click click, Acknowledgement acknowledgement) {
                watch(click, acknowledgement);
            }
        };
    }

    private void watch(Click click, Acknowledgement acknowledgement) {
        newcomers.clicked(click.candidate());
        if (acknowledgement.created() && acknowledged++ % SAMPLED_EVERY == 0) {
            staleness.watch(click.candidate(), acknowledgement.seqNo());
        }
    }

    private void search() {
        visits.next().ifPresent(this::search);
    }

    private void search(Click next) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("size", 10);
        ArrayNode source = body.putArray("_source").add("ralm.seed_count");
        impressions.category().ifPresent(source::add);
        body.set("query", Queries.lookalike(feed.name(), next.user()));
        body.putObject("ext").putObject("ralm_log");
        long begin = System.nanoTime();
        JsonNode page = client.request("POST", "/" + feed.candidates() + "/_search", body);
        pageMillis.add((System.nanoTime() - begin) / 1e6);
        for (JsonNode hit : page.at("/hits/hits")) {
            int seeds = hit.at("/_source/ralm/seed_count").asInt();
            newcomers.onPage(hit.path("_id").asText(), seeds);
        }
        impressions.add(next, page, visits::clicksOfLastDay);
    }
}
