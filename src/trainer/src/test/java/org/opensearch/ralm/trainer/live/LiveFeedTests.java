package org.opensearch.ralm.trainer.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.opensearch.ralm.trainer.publish.ClusterClient;
import org.opensearch.ralm.trainer.publish.FakeCluster;
import org.opensearch.ralm.trainer.publish.FakeCluster.Answer;

class LiveFeedTests {

    @Test
    void aFeedIsDefinedBeforeItsIndicesAreMade() throws IOException {
        try (FakeCluster cluster = new FakeCluster();
                ClusterClient client = cluster.client()) {
            cluster.answer(request -> new Answer(200, "{\"backlog\":{\"clicks\":3}}"));
            LiveFeed feed = new LiveFeed(client, "news", "people");
            feed.create("m1", JsonNodeFactory.instance.objectNode().put("refresh_interval", "5s"), 2);
            assertEquals(3, feed.backlog());
            feed.recluster();
            assertEquals(
                    List.of(
                            "PUT /_plugins/_ralm/feeds/news {\"refresh_interval\":\"5s\",\"candidates\":\"news\","
                                    + "\"clicks\":\"news-clicks\",\"users\":\"people\",\"model\":\"m1\"}",
                            "POST /_plugins/_ralm/feeds/news/_setup"
                                    + " {\"number_of_shards\":1,\"number_of_replicas\":2}",
                            "GET /_plugins/_ralm/feeds/news/_status ",
                            "POST /_plugins/_ralm/feeds/news/_refresh?recluster=true "),
                    cluster.asked().stream()
                            .map(asked -> asked.method() + " " + asked.path() + " " + asked.body())
                            .toList());
        }
    }

    @Test
    void aStatusWithoutABacklogIsTold() throws IOException {
        try (FakeCluster cluster = new FakeCluster();
                ClusterClient client = cluster.client()) {
            cluster.answer(request -> new Answer(200, "{}"));
            LiveFeed feed = new LiveFeed(client, "news", "people");
            assertEquals(
                    "the status of feed [news] has no [backlog.clicks]",
                    assertThrows(IllegalStateException.class, feed::backlog).getMessage());
        }
    }
}
