package org.opensearch.ralm.integtest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** A feed lends nobody the plugin's rights: its author may do with its indices what the plugin will do. */
@ExtendWith(SecuredServerProvider.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FeedAuthorRightsIT {
    private static final String EVERY_USER_BUT_ONE = "{\"bool\": {\"must_not\": {\"ids\": {\"values\": [\"x\"]}}}}";

    private SecuredServer server;
    private SecuredFeed feed;

    @BeforeAll
    void setUp(SecuredServer shared) {
        server = shared;
        feed = SecuredFeed.create(server, "author");
    }

    @Test
    void isAllowedWithTheRights() {
        put("allowed", rights("author-*", "author-*", "author-*"), "author-", 200);
    }

    @Test
    void isRefusedWithoutRightsOnAnyOfTheIndices() {
        for (String prefix : new String[] {"author-", "yet-to-come-"}) {
            String all = prefix + "*";
            put("no-candidates", rights("other", all + "clicks", all + "users"), prefix, 403);
            put("no-clicks", rights(all + "candidates", "other", all + "users"), prefix, 403);
            put("no-users", rights(all + "candidates", all + "clicks", "other"), prefix, 403);
            Role readsOnly = Role.of("cluster_composite_ops").with(all, "read");
            put("reads", readsOnly, prefix, 403);
        }
    }

    @Test
    void isAllowedWithRightsOnIndicesThatAreYetToCome() {
        put("early", rights("early-candidates", "early-clicks", "early-users"), "early-", 201);
    }

    @Test
    void isRefusedWhereTheAuthorSeesOnlyAPart() {
        Role role = Role.of("cluster_composite_ops")
                .with("author-candidates", "crud")
                .with("author-clicks", "crud");
        put("some-users", role.withPart("author-users", EVERY_USER_BUT_ONE, null, "read"), "author-", 403);
        role = Role.of("cluster_composite_ops")
                .withPart("author-candidates", null, "lang", "crud")
                .with("author-clicks", "crud")
                .with("author-users", "read");
        put("some-fields", role, "author-", 403);
    }

    private static Role rights(String candidates, String clicks, String users) {
        return Role.of("cluster_composite_ops")
                .with(candidates, "crud")
                .with(clicks, "crud")
                .with(users, "read");
    }

    /** Changes the feed that is there, or defines one of indices that are not. */
    private void put(String name, Role role, String prefix, int expected) {
        String definition =
                feed.definition().replace("\"author-c", "\"" + prefix + "c").replace("\"author-u", "\"" + prefix + "u");
        server.role("author-" + name, role);
        Rest author = server.user("author-" + name, "ralm_full_access", "author-" + name);
        String feedName = prefix.substring(0, prefix.length() - 1);
        Rest.Answer answer = author.put("/_plugins/_ralm/feeds/" + feedName, definition);
        assertEquals(expected, answer.status(), answer.toString());
    }
}
