package org.opensearch.ralm.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.opensearch.client.opensearch.OpenSearchClient;

/**
 * What the backend of a feed asks of a cluster: which candidates a user is shown, and to learn from what came of it.
 * Thread-safe.
 */
public final class FeedBackend {
    private static final DateTimeFormatter MONTH =
            DateTimeFormatter.ofPattern("yyyy.MM").withZone(ZoneOffset.UTC);

    private final String feed;
    private final String candidates;
    private final String clicks;
    private final RalmSearch search;
    private final BulkWriter bulk;

    /**
     * @param feed as it was defined by {@code PUT _plugins/_ralm/feeds/{feed}}
     * @param candidates its candidates index
     * @param clicks its clicks index
     */
    public FeedBackend(OpenSearchClient client, String feed, String candidates, String clicks) {
        this.feed = feed;
        this.candidates = candidates;
        this.clicks = clicks;
        this.search = new RalmSearch(client);
        this.bulk = new BulkWriter(client);
    }

    /**
     * Writes candidates. One that somebody else wrote in between, or that comes twice, is sent again.
     *
     * @param documents by the candidates' ids
     * @return why documents were refused, in words to log
     * @throws IOException if the cluster could not be reached or stayed too busy
     */
    public List<String> putCandidates(List<Map.Entry<String, ObjectNode>> documents) throws IOException {
        List<Write> writes = new ArrayList<>();
        documents.forEach(document -> writes.add(new Write(document.getKey(), document.getValue())));
        return bulk.write(candidates, writes);
    }

    /**
     * Sends clicks. A click sent twice counts once, so a bulk of which nothing is known may be sent again.
     *
     * @param usersByCandidate who clicked what
     * @return why clicks were refused, in words to log
     * @throws IOException if the cluster could not be reached or stayed too busy
     */
    public List<String> sendClicks(Map<String, List<String>> usersByCandidate) throws IOException {
        List<Write> writes = new ArrayList<>();
        usersByCandidate.forEach((candidate, users) -> {
            for (String user : users) {
                ObjectNode click = JsonNodeFactory.instance.objectNode();
                click.put("candidate", candidate).put("user", user);
                writes.add(new Write(null, click.put("time", Instant.now().toString())));
            }
        });
        return bulk.write(clicks, writes);
    }

    /**
     * The candidates that suit a user best. A user nobody knows yet is taken for the mean of all users, which is in
     * every model that {@code ralm train} makes; where a model has none the cluster refuses, and
     * {@code "missing_user": "empty"} with a page of the most popular instead is the way.
     *
     * @throws IOException if the cluster could not be reached, refused or stayed too busy
     */
    public List<PageHit> page(String user, int size) throws IOException {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("size", size);
        body.putObject("query")
                .putObject("ralm_score")
                .put("feed", feed)
                .put("user_id", user)
                .put("missing_user", "global");
        // A feed's blocks are in one of the two, by turns, as its models change.
        body.putArray("_source").add("title").add("ralm.clicks_24h").add("ralm_2.clicks_24h");
        body.putObject("ext").putObject("ralm_log");
        return search.search(candidates, body);
    }

    /**
     * Keeps what a page was made of and what came of it, for rankers to learn from and dashboards to show.
     *
     * @param page as the user was shown it
     * @param clicked the ids of those that the user clicked
     * @return why documents were refused, in words to log
     * @throws IOException if the cluster could not be reached or stayed too busy
     */
    public List<String> logImpressions(String user, List<PageHit> page, Set<String> clicked) throws IOException {
        Instant now = Instant.now();
        List<Write> writes = new ArrayList<>();
        for (PageHit hit : page) {
            ObjectNode impression = impression(hit).put("@timestamp", now.toString());
            impression.put("feed", feed).put("user", user).put("position", writes.size() + 1);
            impression.put("clicked", clicked.contains(hit.id()));
            writes.add(new Write(null, impression));
        }
        return bulk.write("ralm-impressions-" + MONTH.format(now), writes);
    }

    private static ObjectNode impression(PageHit hit) {
        JsonNode features = hit.features();
        ObjectNode impression = JsonNodeFactory.instance.objectNode().put("candidate", hit.id());
        impression.set("model", features.get("model"));
        impression.set("score", features.get("raw"));
        impression.set("probability", features.get("probability"));
        impression.set("global_cosine", features.get("global"));
        impression.set("local_cosine", features.get("local"));
        impression.set("seed_count", features.get("seed_count"));
        impression.set("state", features.get("state"));
        clicksOfADay(hit.source()).ifPresent(clicks -> impression.set("clicks_24h", clicks));
        return impression;
    }

    /** Not there before the first refresh, nor while nobody has clicked the candidate. */
    private static Optional<JsonNode> clicksOfADay(JsonNode source) {
        return Stream.of("/ralm/clicks_24h", "/ralm_2/clicks_24h")
                .map(source::at)
                .filter(JsonNode::isNumber)
                .findFirst();
    }
}
