package org.opensearch.ralm.plugin.metrics;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.opensearch.ralm.plugin.RalmPlugin;

/** The tables in OPERATIONS.md of the metrics and the mapping do not drift apart. */
class DocumentedMetricsTests {

    @Test
    void thePageNamesEveryField() throws IOException {
        String page;
        try (InputStream in = RalmPlugin.class.getResourceAsStream("OPERATIONS.md")) {
            page = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        int begin = page.indexOf("## Metrics");
        String section = page.substring(begin, page.indexOf("**Impressions.**", begin));
        for (Object field : ((Map<?, ?>) LoggedDocument.mapping().get("properties")).keySet()) {
            String shown = field.equals("stats") ? "`stats.<name>`" : "`" + field + "`";
            assertTrue(section.contains(shown), shown);
        }
    }
}
