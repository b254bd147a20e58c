package org.opensearch.ralm.trainer.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.opensearch.ralm.trainer.live.LiveFeed;
import org.opensearch.ralm.trainer.publish.ClusterClient;
import org.opensearch.ralm.trainer.publish.FakeCluster;
import org.opensearch.ralm.trainer.publish.FakeCluster.Answer;
import org.opensearch.ralm.trainer.publish.FakeCluster.Asked;

class IngestComparisonTests {

    private static final String MAPPING = "{\"_routing\":{\"required\":true}}";

    private FakeCluster cluster;
    private ClusterClient client;
    private volatile boolean errors;

    @BeforeEach
    void start() throws IOException {
        cluster = new FakeCluster();
        cluster.answer(this::answer);
        client = cluster.client();
    }

    @AfterEach
    void stop() {
        client.close();
        cluster.close();
    }

    @Test
    void theSameClicksGoBothWaysInAlternatingRounds() {
        IngestRatio ratio = measure();
        assertEquals(9, ratio.rounds().size());
        List<Asked> with = bulks("news-clicks");
        List<Asked> without = bulks("news-clicks-without");
        assertEquals(sorted(with, false), sorted(without, true));
        assertTrue(with.stream().allMatch(bulk -> bulk.path().contains("pipeline=ralm-news-clicks")));
        assertTrue(without.stream().allMatch(bulk -> bulk.path().contains("pipeline=_none")));
    }

    @Test
    void theOtherIndexHasTheMappingOfTheFeedsClicks() {
        measure();
        List<Asked> created = asked(request -> request.method().equals("PUT"));
        assertEquals(1, created.size());
        assertTrue(created.getFirst().body().endsWith("\"mappings\":" + MAPPING + "}"));
    }

    @Test
    void aRefusedClickIsNotMeasured() {
        errors = true;
        IllegalStateException failure = assertThrows(IllegalStateException.class, this::measure);
        assertTrue(failure.getMessage().startsWith("some clicks were refused at /news-clicks/_bulk"));
        assertTrue(failure.getMessage().endsWith(", as {\"index\":{}}"));
    }

    private IngestRatio measure() {
        LiveFeed feed = new LiveFeed(client, "news", "users");
        return new IngestComparison(client, feed, new ClickStream(10, 1_200, 1), 1_200).measure();
    }

    private Answer answer(Asked request) {
        if (request.path().contains("/_bulk")) {
            return new Answer(200, errors ? "{\"errors\":true,\"items\":[{\"index\":{}}]}" : "{\"errors\":false}");
        }
        return new Answer(200, "{\"news-clicks\":{\"mappings\":" + MAPPING + "}}");
    }

    private List<Asked> bulks(String index) {
        return asked(request -> request.path().startsWith("/" + index + "/_bulk"));
    }

    private List<Asked> asked(Predicate<Asked> which) {
        return cluster.asked().stream().filter(which).toList();
    }

    /** The pairs of all bulks, one a line; from the action of those that bring their id along. */
    private static List<String> sorted(List<Asked> bulks, boolean byId) {
        String pattern = byId
                ? "\\{\"index\":\\{\"_id\":\"(c\\d+):(u\\d+)\",\"routing\":\"\\1\"}}"
                : "\\{\"candidate\":\"(c\\d+)\",\"user\":\"(u\\d+)\",\"time\":\\d+}";
        return bulks.stream()
                .flatMap(bulk -> bulk.body().lines())
                .filter(line -> line.matches(pattern))
                .map(line -> line.replaceAll(pattern, "$1 $2"))
                .sorted()
                .toList();
    }
}
