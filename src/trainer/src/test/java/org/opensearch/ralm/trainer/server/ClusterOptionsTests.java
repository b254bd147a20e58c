package org.opensearch.ralm.trainer.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ClusterOptionsTests {
    private static final ClusterOptions DEFAULTS = ClusterOptions.in(Path.of("state"));

    @Test
    void refusesWhatCannotBe() {
        assertRefused("nodes is 0, expected 1 to 9", () -> DEFAULTS.withNodes(0));
        assertRefused("nodes is 10, expected 1 to 9", () -> DEFAULTS.withNodes(10));
        assertRefused("port is -1, expected 0 to 65535", () -> DEFAULTS.withPort(-1));
        assertRefused("port is 65534, expected 0 to 65533", () -> DEFAULTS.withNodes(3)
                .withPort(65534));
        assertRefused("heap is 1, expected a size such as 512m or 1g", () -> DEFAULTS.withHeap("1"));
    }

    @Test
    void addsOneSettingToTheOthers() {
        ClusterOptions options = DEFAULTS.withSetting("a", "1").withSetting("b", "2");
        assertEquals(Map.of("a", "1", "b", "2"), options.settings());
        assertEquals(Map.of(), DEFAULTS.settings());
    }

    private static void assertRefused(String message, Executable option) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, option).getMessage());
    }
}
