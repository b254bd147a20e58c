package org.opensearch.ralm.integtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.opensearch.common.settings.Settings;
import org.opensearch.ralm.plugin.RalmPlugin;
import org.opensearch.rest.RestHandler;

/** Who may call which route, with the roles as they are shipped. */
@ExtendWith(SecuredServerProvider.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoutePermissionsIT {
    private static final int ANONYMOUS = 401;
    private static final int FORBIDDEN = 403;

    /** Whether a route only shows something, which {@code ralm_read_access} allows. */
    private enum Kind {
        READS,
        CHANGES
    }

    /** Every route of the plugin, as its REST handlers name it. */
    private static final Map<String, Kind> ROUTES = Map.ofEntries(
            Map.entry("GET /_plugins/_ralm/models", Kind.READS),
            Map.entry("GET /_plugins/_ralm/models/{id}", Kind.READS),
            Map.entry("PUT /_plugins/_ralm/models/{id}", Kind.CHANGES),
            Map.entry("DELETE /_plugins/_ralm/models/{id}", Kind.CHANGES),
            Map.entry("GET /_plugins/_ralm/feeds", Kind.READS),
            Map.entry("GET /_plugins/_ralm/feeds/{feed}", Kind.READS),
            Map.entry("PUT /_plugins/_ralm/feeds/{feed}", Kind.CHANGES),
            Map.entry("DELETE /_plugins/_ralm/feeds/{feed}", Kind.CHANGES),
            Map.entry("GET /_plugins/_ralm/feeds/{feed}/_status", Kind.READS),
            Map.entry("POST /_plugins/_ralm/feeds/{feed}/_refresh", Kind.CHANGES),
            Map.entry("POST /_plugins/_ralm/feeds/{feed}/_setup", Kind.CHANGES),
            Map.entry("POST /_plugins/_ralm/feeds/{feed}/_activate", Kind.CHANGES),
            Map.entry("POST /_plugins/_ralm/feeds/{feed}/_rollback", Kind.CHANGES),
            Map.entry("GET /_plugins/_ralm/feeds/{feed}/_rollout", Kind.READS),
            Map.entry("DELETE /_plugins/_ralm/feeds/{feed}/_rollout", Kind.CHANGES),
            Map.entry("GET /_plugins/_ralm/candidates/{feed}/{id}", Kind.READS),
            Map.entry("GET /_plugins/_ralm/_health", Kind.READS),
            Map.entry("GET /_plugins/_ralm/stats", Kind.READS),
            Map.entry("GET /_plugins/_ralm/stats/{stat}", Kind.READS));

    private SecuredServer server;

    @BeforeAll
    void setUp(SecuredServer shared) {
        server = shared;
    }

    @Test
    void everyRouteHasAnEntry() {
        assertEquals(
                new TreeSet<>(ROUTES.keySet()),
                handled(),
                "add each new route to ROUTES, as one that READS or CHANGES; its action's name decides whether the"
                        + " roles of security-roles.json allow it");
    }

    @Test
    void nobodyIsAskedToSignIn() {
        assertStatus(server.nobody(), Map.of(Kind.READS, ANONYMOUS, Kind.CHANGES, ANONYMOUS));
    }

    @Test
    void usersWithoutRightsAreRefused() {
        assertStatus(server.user("stranger"), Map.of(Kind.READS, FORBIDDEN, Kind.CHANGES, FORBIDDEN));
    }

    @Test
    void thoseWhoMayReadMayDoNothingElse() {
        Rest reader = server.user("reader", "ralm_read_access");
        assertStatus(reader, Map.of(Kind.CHANGES, FORBIDDEN));
        assertAllowed(reader, Kind.READS);
    }

    @Test
    void fullAccessAllowsEveryRoute() {
        Rest owner = server.user("owner", "ralm_full_access");
        assertAllowed(owner, Kind.READS);
        assertAllowed(owner, Kind.CHANGES);
    }

    private static void assertStatus(Rest caller, Map<Kind, Integer> expected) {
        Map<String, Integer> wrong = new TreeMap<>();
        ROUTES.forEach((route, kind) -> {
            int status = call(caller, route).status();
            if (status != expected.getOrDefault(kind, status)) {
                wrong.put(route, status);
            }
        });
        assertEquals(Map.of(), wrong);
    }

    /** That what the routes are asked for is not there, or not fit, is told to those alone who may ask. */
    private static void assertAllowed(Rest caller, Kind kind) {
        Map<String, Rest.Answer> refused = new TreeMap<>();
        ROUTES.forEach((route, itsKind) -> {
            if (itsKind == kind) {
                Rest.Answer answer = call(caller, route);
                if (answer.status() != 200 && answer.status() != 400 && answer.status() != 404) {
                    refused.put(route, answer);
                }
            }
        });
        assertTrue(refused.isEmpty(), refused::toString);
    }

    private static Rest.Answer call(Rest caller, String route) {
        String[] parts = route.split(" ");
        String path = parts[1].replace("{stat}", "cold_candidates").replaceAll("\\{[a-z]+}", "nothing");
        return caller.send(parts[0], path, parts[0].equals("PUT") || path.endsWith("_activate") ? body(path) : null);
    }

    /** Read completely, so that the request reaches the action, which then refuses the model or looks for it. */
    private static String body(String path) {
        if (path.endsWith("_activate")) {
            return "{\"model\": \"nothing\", \"users\": \"nothing\"}";
        }
        return path.contains("/models/")
                ? TestModel.random("other-than-in-the-path", 1).upload().toString()
                : "{\"candidates\": \"nothing\", \"users\": \"nothing\", \"model\": \"nothing\"}";
    }

    private static TreeSet<String> handled() {
        List<RestHandler> handlers =
                new RalmPlugin(Settings.EMPTY).getRestHandlers(null, null, null, null, null, null, null);
        return handlers.stream()
                .flatMap(handler -> handler.routes().stream())
                .map(route -> route.getMethod() + " " + route.getPath())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
