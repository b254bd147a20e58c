package org.opensearch.ralm.integtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The ready requests work, one after the other, cover every route and are answered as the description says. */
@ExtendWith(SharedCluster.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadyRequestsIT {
    private static final Path REQUESTS = Checkout.file("distribution/requests.http");
    private static final int CONFLICT = 409;

    private Rest rest;
    private OpenApi described;

    @BeforeAll
    void setUp(Rest shared) throws IOException {
        rest = shared;
        described = OpenApi.read();
    }

    @Test
    void everyRouteIsAsked() throws IOException {
        Set<String> asked = requests()
                .map(request -> described.route(request.route()))
                .flatMap(Optional::stream)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(described.routes(), asked);
    }

    @Test
    void eachIsCarriedOut() throws IOException {
        List<HttpFile.Request> requests = requests().toList();
        for (HttpFile.Request request : requests) {
            Rest.Answer answer = settled(request);
            assertEquals(2, answer.status() / 100, () -> request + ": " + answer);
            check(request, answer);
        }
    }

    private void check(HttpFile.Request request, Rest.Answer answer) throws IOException {
        JsonNode json = answer.json();
        assertTrue(json.path("errors").asBoolean() == false, () -> request + ": " + answer);
        assertEquals(0, json.at("/_shards/failed").asInt(), () -> request + ": " + answer);
        if (request.path().contains("/_search?") || request.path().endsWith("/_search")) {
            assertTrue(json.at("/hits/total/value").asInt() > 0, () -> request + " finds nothing: " + answer);
        }
        Optional<String> route = described.route(request.route());
        if (route.isPresent()) {
            assertEquals(
                    Set.of(),
                    described.faultsOfAnswer(route.get(), answer.status(), json),
                    () -> request + ": " + answer);
            if (request.body() != null) {
                JsonNode body = new ObjectMapper().readTree(request.body());
                assertEquals(Set.of(), described.faultsOfRequest(route.get(), body), request::toString);
            }
        }
    }

    /** A 409 says that something else is not done yet. */
    private Rest.Answer settled(HttpFile.Request request) {
        Rest.Answer[] last = new Rest.Answer[1];
        Await.until(() -> {
            last[0] = rest.send(request.method(), request.path(), request.body());
            return last[0].status() == CONFLICT ? last[0].text() : null;
        });
        return last[0];
    }

    private static Stream<HttpFile.Request> requests() throws IOException {
        return HttpFile.read(REQUESTS);
    }
}
