package org.opensearch.ralm.trainer.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.opensearch.ralm.trainer.publish.FakeCluster.Answer;

class ClusterClientTests {

    private FakeCluster cluster;
    private ClusterClient client;

    @BeforeEach
    void start() throws IOException {
        cluster = new FakeCluster();
        client = cluster.client();
    }

    @AfterEach
    void stop() {
        client.close();
        cluster.close();
    }

    @Test
    void jsonIsSentAndRead() {
        cluster.answer(request -> new Answer(200, request.body()));
        assertEquals(
                1,
                client.request(
                                "POST",
                                "/a",
                                JsonNodeFactory.instance.objectNode().put("x", 1))
                        .path("x")
                        .intValue());
        assertEquals("POST", cluster.asked().get(0).method());
        assertTrue(cluster.asked().get(0).contentType().startsWith("application/json"));
        client.sendLines("/b/_bulk", "{}\n");
        assertTrue(cluster.asked().get(1).contentType().startsWith("application/x-ndjson"));
    }

    @Test
    void anAnswerWithoutABodyHasNoMembers() {
        cluster.answer(request -> new Answer(200, ""));
        assertTrue(client.request("GET", "/").isMissingNode());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"error\":{\"reason\":\"no such index\"}}                                       | no such index",
                "{\"error\":{\"reason\":\"bad\",\"caused_by\":{\"reason\":\"worse\"}},\"status\":400} | bad: worse",
                "{\"error\":\"Incorrect HTTP method\"}                                          | Incorrect HTTP method",
                "{\"error\":{\"type\":\"odd\"}}                                                   | {\"type\":\"odd\"}",
                "<html>Forbidden</html>                                                     | <html>Forbidden</html>",
            })
    void aRefusalNamesRequestStatusAndReason(String body, String reason) {
        cluster.answer(request -> new Answer(400, body));
        ClusterException fault = assertThrows(ClusterException.class, () -> client.request("GET", "/a/b"));
        assertEquals("GET " + cluster.url() + "/a/b was answered with 400: " + reason, fault.getMessage());
        assertEquals(400, fault.status());
        assertEquals(1, cluster.asked().size());
    }

    @Test
    void aRefusalWithoutABodyIsToldToo() {
        cluster.answer(request -> new Answer(403, ""));
        ClusterException fault = assertThrows(ClusterException.class, () -> client.exists("/a"));
        assertEquals("HEAD " + cluster.url() + "/a was answered with 403: ", fault.getMessage());
    }

    @Test
    void anAnswerThatIsNoJsonIsToldAndNotAskedForAgain() {
        cluster.answer(request -> new Answer(200, "<html>a proxy</html>"));
        ClusterException fault = assertThrows(ClusterException.class, () -> client.request("GET", "/"));
        assertEquals(
                "GET " + cluster.url() + "/ was answered with 200, but not with JSON: <html>a proxy</html>",
                fault.getMessage());
        assertEquals(1, cluster.asked().size());
    }

    @Test
    void aBusyClusterIsAskedAgain() {
        AtomicInteger asked = new AtomicInteger();
        cluster.answer(
                request -> asked.incrementAndGet() < 3 ? Answer.error(503, "starting") : new Answer(200, "{\"x\":1}"));
        assertEquals(1, client.request("GET", "/").path("x").intValue());
        assertEquals(3, asked.get());
    }

    @Test
    void existenceIsToldByTheStatus() {
        cluster.answer(request -> new Answer(request.path().equals("/there") ? 200 : 404, ""));
        assertTrue(client.exists("/there"));
        assertFalse(client.exists("/missing"));
    }

    @Test
    void noAnswerIsToldWithTheUrl() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        URI nobody = URI.create("http://127.0.0.1:" + port);
        try (ClusterClient lonely =
                ClusterClient.connect(new BackOff(3, 1, 1, millis -> {}), Optional.empty(), nobody)) {
            ClusterException fault = assertThrows(ClusterException.class, () -> lonely.request("GET", "/"));
            assertTrue(
                    fault.getMessage().startsWith("GET / got no answer from [" + nobody + "]: "), fault.getMessage());
            assertTrue(fault.getMessage().endsWith("Connection refused"), fault.getMessage());
            assertEquals(0, fault.status());
        }
    }

    @Test
    void credentialsAreSent() {
        cluster.answer(request -> new Answer(request.authorization().isPresent() ? 200 : 401, "{}"));
        try (ClusterClient secured = ClusterClient.connect(Optional.of("ann:a:b"), cluster.url())) {
            secured.request("GET", "/");
        }
        String expected = Base64.getEncoder().encodeToString("ann:a:b".getBytes(StandardCharsets.UTF_8));
        assertEquals(
                Optional.of("Basic " + expected),
                cluster.asked().get(cluster.asked().size() - 1).authorization());
    }

    @Test
    void noCredentialsAreSentWhereThereAreNone() {
        client.exists("/");
        assertEquals(Optional.empty(), cluster.asked().get(0).authorization());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ann", ":secret"})
    void credentialsOfAnotherFormAreRefusedAndNotShown(String pair) {
        IllegalArgumentException fault = assertThrows(
                IllegalArgumentException.class, () -> ClusterClient.connect(Optional.of(pair), cluster.url()));
        assertEquals("credentials must be given as user:password", fault.getMessage());
    }

    @Test
    void aFileWithoutCertificatesIsRefused(@TempDir Path directory) throws IOException {
        Path empty = Files.createFile(directory.resolve("ca.pem"));
        for (Path file : List.of(empty, directory.resolve("missing.pem"))) {
            IllegalArgumentException fault = assertThrows(
                    IllegalArgumentException.class,
                    () -> ClusterClient.connect(Optional.empty(), Optional.of(file), cluster.url()));
            assertTrue(
                    fault.getMessage().startsWith("certificates cannot be read from " + file + ": "),
                    fault.getMessage());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:9200,          localhost:9200",
        "localhost,               localhost",
        "ftp://localhost,         ftp://localhost",
        "http://host/prefix,      http://host/prefix",
        "http://host?x=1,         http://host?x=1",
        "http://u:secret@host:1,  http://…@host:1",
    })
    void aUrlOfAnotherFormIsRefused(URI url, String shown) {
        IllegalArgumentException fault =
                assertThrows(IllegalArgumentException.class, () -> ClusterClient.connect(Optional.empty(), url));
        assertEquals(
                "the URL of a cluster must be http://host:port or https://host:port without anything else, but is "
                        + shown,
                fault.getMessage());
    }
}
