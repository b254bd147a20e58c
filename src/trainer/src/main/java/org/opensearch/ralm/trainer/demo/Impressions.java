package org.opensearch.ralm.trainer.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.ToIntFunction;
import org.opensearch.ralm.trainer.live.Click;
import org.opensearch.ralm.trainer.publish.BulkLoader;
import org.opensearch.ralm.trainer.publish.ClusterClient;

/**
 * Writes down what users were shown, a document for each candidate on a page, as a feed's backend would for dashboards.
 * Not safe for use by several threads.
 */
final class Impressions {

    private static final String TEMPLATE = "ralm-impressions";
    private static final DateTimeFormatter INDEX = DateTimeFormatter.ofPattern(
                    "'ralm-impressions-'uuuu.MM", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** Members of the documents, and where in a hit's log they come from. */
    private static final Map<String, String> LOGGED = Map.of(
            "model", "model",
            "score", "raw",
            "probability", "probability",
            "global_cosine", "global",
            "local_cosine", "local",
            "seed_count", "seed_count",
            "state", "state");

    private final ClusterClient client;
    private final String feed;
    private final Optional<String> category;
    private final InstantSource clock;
    private final BulkLoader loader;

    /**
     * @param category the candidates' field that says what they are about; empty if there is none
     * @param clock tells when pages are shown
     */
    Impressions(ClusterClient client, String feed, Optional<String> category, InstantSource clock) {
        this.client = client;
        this.feed = feed;
        this.category = category;
        this.clock = clock;
        this.loader = new BulkLoader(client, INDEX.format(clock.instant()), () -> {});
    }

    /** Has the cluster map the documents. */
    void putTemplate() {
        try (InputStream template = Impressions.class.getResourceAsStream(TEMPLATE + ".json")) {
            client.request("PUT", "/_index_template/" + TEMPLATE, new ObjectMapper().readTree(template));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The candidates' field that says what they are about, for the page to hold it; empty if there is none. */
    Optional<String> category() {
        return category;
    }

    /**
     * Takes a page, whose hits have a log.
     *
     * @param next what the user clicks next
     * @param popularity how often a candidate was clicked in the last day
     */
    void add(Click next, JsonNode page, ToIntFunction<String> popularity) {
        Instant now = clock.instant();
        int position = 1;
        for (JsonNode hit : page.at("/hits/hits")) {
            String candidate = hit.path("_id").asText();
            ObjectNode document = JsonNodeFactory.instance.objectNode();
            document.put("@timestamp", now.toString()).put("feed", feed);
            document.put("candidate", candidate).put("user", next.user()).put("position", position++);
            LOGGED.forEach((member, logged) -> copy(hit.at("/fields/ralm_log/0/" + logged), document, member));
            document.put("clicks_24h", popularity.applyAsInt(candidate));
            category.ifPresent(field -> copy(hit.path("_source").path(field), document, "category"));
            document.put("clicked", candidate.equals(next.candidate()));
            loader.add(UUID.randomUUID().toString(), document);
        }
    }

    private static void copy(JsonNode value, ObjectNode document, String member) {
        if (value.isMissingNode() == false) {
            document.set(member, value);
        }
    }

    /** Sends what is left. */
    void flush() {
        loader.flush();
    }
}
