package org.opensearch.ralm.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.opensearch.common.settings.Setting;
import org.opensearch.common.settings.Settings;
import org.opensearch.core.common.unit.ByteSizeValue;

/** The documentation's table of settings and the settings there are do not drift apart. */
class DocumentedSettingsTests {

    private static Map<String, String> documented() throws IOException {
        Map<String, String> settings = new TreeMap<>();
        InputStream page = RalmPlugin.class.getResourceAsStream("OPERATIONS.md");
        for (String line : new String(page.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
            if (line.startsWith("| `plugins.ralm.")) {
                String[] cells = line.split("\\s*\\|\\s*");
                settings.put(cells[1].replace("`", ""), "default " + cells[2] + ", dynamic " + cells[4]);
            }
        }
        return settings;
    }

    @Test
    void thePageNamesEverySettingWithItsDefault() throws IOException {
        Map<String, String> expected = new TreeMap<>();
        for (Setting<?> setting : new RalmPlugin(Settings.EMPTY).getSettings()) {
            expected.put(
                    setting.getKey(),
                    "default " + shown(setting) + ", dynamic " + (setting.isDynamic() ? "yes" : "no"));
        }
        assertEquals(expected, documented());
    }

    private static String shown(Setting<?> setting) {
        String raw = setting.getDefaultRaw(Settings.EMPTY);
        return raw.matches("\\d+b")
                ? ByteSizeValue.parseBytesSizeValue(raw, setting.getKey()).toString()
                : raw;
    }
}
