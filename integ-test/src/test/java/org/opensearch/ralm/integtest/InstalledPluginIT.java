package org.opensearch.ralm.integtest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedCluster.class)
class InstalledPluginIT {
    @Test
    void standsBesideKnn(Rest rest) {
        Set<String> plugins = new TreeSet<>();
        for (JsonNode plugin : rest.get("/_cat/plugins?format=json").ok().json()) {
            plugins.add(plugin.get("component").asText());
        }
        assertEquals(Set.of("opensearch-knn", "opensearch-ralm"), plugins);
    }
}
