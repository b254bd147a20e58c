package org.opensearch.ralm.integtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What callers get of a feed never exceeds what they may see of its indices, to single documents and fields. */
@ExtendWith(SecuredServerProvider.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CallerRightsIT {
    private static final String REFRESH = "{\"transient\": {\"plugins.ralm.refresh.enabled\": %s}}";
    private static final String ENGLISH = "{\"term\": {\"lang\": \"en\"}}";

    private SecuredServer server;
    private SecuredFeed feed;
    private String hidden;
    private String seen;

    @BeforeAll
    void setUp(SecuredServer shared) {
        server = shared;
        feed = SecuredFeed.create(server, "caller");
        hidden = feed.user(1);
        seen = feed.user(2);
        // The plugin's own work would complete what callers leave open.
        server.admin().put("/_cluster/settings", REFRESH.formatted(false)).ok();
    }

    @AfterAll
    void resume() {
        server.admin().put("/_cluster/settings", REFRESH.formatted("null")).ok();
    }

    @Test
    void whoMayReadBothIndicesGetsTheScoresThatTheAuthorGets() {
        Rest reader = caller("plain", reads().with(feed.users(), "read").with(feed.candidates(), "read"));
        assertEquals(
                SecuredFeed.search(feed.author(), feed.candidates(), feed.score(seen)),
                SecuredFeed.search(reader, feed.candidates(), feed.score(seen)));
    }

    @Test
    void whoMayNotReadUsersGetsNoScore() {
        Rest reader = caller("no-users", reads().with(feed.candidates(), "read"));
        assertEquals(403, score(reader, seen).status());
        assertEquals(
                403,
                reader.post("/" + feed.users() + "/_search", feed.audience("c1"))
                        .status());
    }

    @Test
    void aHiddenUserIsAMissingUser() {
        Rest reader = caller(
                "some-users",
                reads().withPart(feed.users(), allBut(hidden), null, "read").with(feed.candidates(), "read"));
        score(reader, seen).ok();
        Rest.Answer ofHidden = score(reader, hidden);
        assertEquals(404, ofHidden.status(), ofHidden.toString());
        assertEquals(score(reader, "nobody").text().replace("nobody", hidden), ofHidden.text());
    }

    @Test
    void aHiddenVectorIsAMissingVector() {
        Rest reader = caller(
                "no-vectors",
                reads().withPart(feed.users(), null, "vector", "read")
                        .with(feed.clicks(), "read")
                        .with(feed.candidates(), "read"));
        Rest.Answer answer = score(reader, seen);
        assertEquals(400, answer.status(), answer.toString());
        assertEquals(Map.of(), SecuredFeed.search(reader, feed.users(), feed.audience("c1")));
    }

    @Test
    void hiddenCandidatesAreNeverScored() {
        Rest reader = caller(
                "english", reads().with(feed.users(), "read").withPart(feed.candidates(), ENGLISH, null, "read"));
        assertEquals(
                new HashSet<>(SecuredFeed.candidates(candidate -> candidate % 2 == 0)),
                SecuredFeed.search(reader, feed.candidates(), feed.score(seen)).keySet());
    }

    @Test
    void candidatesWithHiddenBlocksAreNeverScored() {
        Rest reader = caller(
                "no-blocks",
                reads().with(feed.users(), "read").withPart(feed.candidates(), null, "ralm.seeds", "read"));
        assertEquals(Map.of(), SecuredFeed.search(reader, feed.candidates(), feed.score(seen)));
    }

    @Test
    void anAudienceHoldsNoHiddenUser() {
        String last = feed.user(SecuredFeed.USERS);
        Rest reader = caller(
                "audience",
                reads().withPart(feed.users(), allBut(last), null, "read")
                        .with(feed.candidates(), "read")
                        .with(feed.clicks(), "read"));
        Set<String> all = SecuredFeed.search(feed.author(), feed.users(), feed.audience("c3"))
                .keySet();
        Set<String> expected = new HashSet<>(all);
        assertTrue(expected.remove(last), all.toString());
        assertEquals(
                expected,
                SecuredFeed.search(reader, feed.users(), feed.audience("c3")).keySet());
    }

    @Test
    void aHiddenCandidateHasNoAudience() {
        Rest reader = caller(
                "english-audience",
                reads().with(feed.users(), "read")
                        .withPart(feed.candidates(), ENGLISH, null, "read")
                        .with(feed.clicks(), "read"));
        reader.post("/" + feed.users() + "/_search", feed.audience("c2")).ok();
        Rest.Answer answer = reader.post("/" + feed.users() + "/_search", feed.audience("c1"));
        assertEquals(404, answer.status(), answer.toString());
    }

    @Test
    void aCandidateIsShownWithoutTheSeedsThatAreHidden() {
        Role role = reads().withPart(feed.candidates(), ENGLISH, null, "read");
        String others = "{\"bool\": {\"must_not\": {\"term\": {\"user\": \"" + hidden + "\"}}}}";
        Rest reader = caller("some-clicks", role.withPart(feed.clicks(), others, null, "read"));
        String shown = candidate(reader, "c2").ok().text();
        assertFalse(shown.contains(hidden + "\""), shown);
        assertTrue(shown.contains(feed.name() + "-person-"), shown);
        assertTrue(candidate(feed.author(), "c2").ok().text().contains(hidden + "\""));
        assertEquals(404, candidate(reader, "c1").status());
        assertEquals(403, candidate(caller("no-clicks", role), "c2").status());
    }

    @Test
    void aCandidateIsShownWithoutSeedsWhereTheirFieldsAreHidden() {
        for (String field : new String[] {"vector", "user"}) {
            Rest reader = caller(
                    "clicks-no-" + field,
                    reads().with(feed.candidates(), "read").withPart(feed.clicks(), null, field, "read"));
            String shown = candidate(reader, "c2").ok().text();
            assertFalse(shown.contains("-person-"), shown);
        }
    }

    @Test
    void aWriterHasNoSeedsOfUsersHeMayNotSee() {
        Role writes =
                Role.of("cluster_composite_ops").with(feed.candidates(), "crud").with(feed.clicks(), "crud");
        String document = "{\"seed_users\": [\"" + hidden + "\", \"" + seen + "\"]}";
        Rest writer = caller("writer", writes.withPart(feed.users(), allBut(hidden), null, "read"));
        writer.put("/" + feed.candidates() + "/_doc/written", document).ok();
        String stored = feed.author()
                .get("/" + feed.candidates() + "/_doc/written?_source_includes=ralm.seed_count,ralm.unknown_users")
                .ok()
                .text();
        feed.author().delete("/" + feed.candidates() + "/_doc/written").ok();
        assertTrue(stored.contains("\"seed_count\":1") && stored.contains("\"unknown_users\":1"), stored);

        Rest stranger = caller("writer-no-users", writes);
        assertEquals(
                403,
                stranger.put("/" + feed.candidates() + "/_doc/refused", document)
                        .status());
        assertEquals(
                404,
                feed.author().get("/" + feed.candidates() + "/_doc/refused").status());
    }

    private Rest caller(String name, Role role) {
        server.role("caller-" + name, role);
        return server.user("caller-" + name, "caller-" + name);
    }

    private static Role reads() {
        return Role.of("cluster_composite_ops_ro", "cluster:monitor/opensearch/ralm/*");
    }

    private static String allBut(String user) {
        return "{\"bool\": {\"must_not\": {\"ids\": {\"values\": [\"" + user + "\"]}}}}";
    }

    private Rest.Answer score(Rest caller, String user) {
        return caller.post("/" + feed.candidates() + "/_search", feed.score(user));
    }

    private Rest.Answer candidate(Rest caller, String id) {
        return caller.get("/_plugins/_ralm/candidates/" + feed.name() + "/" + id + "?top=20");
    }
}
