package org.opensearch.ralm.integtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the documentation shows works: requests are sent, in their order, to a server on which all is as the pages say,
 * answers that are shown beneath compared with those that came, pieces of JSON put where they belong, commands carried
 * out or parsed.
 */
@ExtendWith(SharedCluster.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocumentationIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What cannot be tried here, by a part of its text, and why. */
    private static final Map<String, String> NOT_TRIED = Map.of(
            "nn.Linear", "is Python, with PyTorch",
            "with gzip.open", "is Python",
            "_plugins/_security/api/roles", "is for a secured server: the tests in integ-test/secured send it there");

    @TempDir
    Path folder;

    private Rest rest;
    private Rest.Answer last;

    @BeforeAll
    void setUp(Rest shared) {
        rest = shared;
        DocumentedFeed.create(rest, "news", "u");
        DocumentedFeed.create(rest, "demo-ralm", "user-");
        DocumentedFeed.create(rest, "faulty", "u");
        rest.put("/faulty-clicks/_settings", "{\"index.default_pipeline\": \"_none\"}")
                .ok();
    }

    @AfterAll
    void cleanUp() {
        DocumentedFeed.delete(rest, "news");
        DocumentedFeed.delete(rest, "demo-ralm");
        DocumentedFeed.delete(rest, "faulty");
    }

    @TestFactory
    Stream<DynamicTest> whatPagesShowWorks() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path file : Markdown.pages()) {
            for (Markdown.Block block : Markdown.read(file).blocks()) {
                String name = Checkout.file("").relativize(file) + ":" + block.line() + " " + block.language();
                tests.add(dynamicTest(name, () -> tryOut(block)));
            }
        }
        return tests.stream();
    }

    private void tryOut(Markdown.Block block) throws IOException, SQLException {
        if (NOT_TRIED.keySet().stream().anyMatch(block.text()::contains)) {
            return;
        }
        switch (block.language()) {
            case "console" -> ConsoleRequest.all(block.text()).forEach(this::send);
            case "json" -> json(JSON.readTree(block.text()));
            case "sh" -> run(block.text());
            case "yaml" ->
                assertEquals(
                        DocumentedDataset.CLICKS,
                        DocumentedDataset.load(block.text(), folder).events().size());
            case "mermaid", "text" -> {}
            default -> fail("nobody says what to do with a block of [" + block.language() + "]");
        }
    }

    private void send(ConsoleRequest request) {
        last = answered(
                request.method() + " " + request.path(), rest.send(request.method(), request.path(), request.body()));
    }

    /** A piece of a request, or else the answer to what is above. */
    private void json(JsonNode json) {
        Rest.Answer answer = new JsonFragments(rest).use(json);
        if (answer != null) {
            answered(json.toString(), answer);
        } else {
            assertNotNull(last, () -> "nothing was asked that could be answered by " + json);
            assertEquals(List.of(), AnswerExample.faults(json, last.json()), last::text);
        }
    }

    private void run(String block) throws IOException {
        DocumentedCommand commands = new DocumentedCommand(rest);
        for (List<String> command : Shell.commands(block)) {
            Rest.Answer answer = commands.check(command);
            if (answer != null) {
                last = answered(String.join(" ", command), answer);
            }
        }
    }

    private static Rest.Answer answered(String request, Rest.Answer answer) {
        assertEquals(2, answer.status() / 100, () -> request + ": " + answer);
        JsonNode json = answer.json();
        assertEquals(false, json.path("errors").asBoolean(), () -> request + ": " + answer);
        assertEquals(0, json.at("/_shards/failed").asInt(), () -> request + ": " + answer);
        return answer;
    }
}
