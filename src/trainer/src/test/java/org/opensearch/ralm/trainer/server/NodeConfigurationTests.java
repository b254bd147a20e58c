package org.opensearch.ralm.trainer.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeConfigurationTests {
    private static final NodeAddress FIRST = new NodeAddress("node-1", 9200, 9300);
    private static final NodeAddress SECOND = new NodeAddress("node-2", 9201, 9301);

    @TempDir
    private Path directory;

    @Test
    void eachNodeFindsTheOthersAndKeepsToItsOwnDirectories() throws IOException {
        StateDirectory state = new StateDirectory(directory.resolve("a state: #1"));
        state.create(List.of(FIRST, SECOND));
        Files.createDirectories(state.server().resolve("agent"));
        Files.createDirectories(state.server().resolve("config"));
        Files.createFile(state.server().resolve("agent/opensearch-agent.jar"));
        Files.createFile(state.server().resolve("config/log4j2.properties"));

        new NodeConfiguration(state, List.of(FIRST, SECOND), Map.of("cluster.name", "mine")).write(SECOND);

        JsonNode settings = new YAMLMapper()
                .readTree(state.node(SECOND).config().resolve("opensearch.yml").toFile());
        assertEquals("node-2", settings.get("node.name").asText());
        assertEquals("9201", settings.get("http.port").asText());
        assertEquals(
                "127.0.0.1:9300,127.0.0.1:9301",
                settings.get("discovery.seed_hosts").asText());
        assertEquals(
                state.node(SECOND).data().toString(), settings.get("path.data").asText());
        assertEquals("mine", settings.get("cluster.name").asText());
    }
}
