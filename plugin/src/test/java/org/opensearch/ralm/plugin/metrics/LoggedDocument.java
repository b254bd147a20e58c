package org.opensearch.ralm.plugin.metrics;

import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Map;
import org.opensearch.common.xcontent.XContentHelper;
import org.opensearch.common.xcontent.json.JsonXContent;
import org.opensearch.core.common.bytes.BytesReference;
import org.opensearch.core.xcontent.MediaTypeRegistry;

/** A document of the metrics as it is written. */
public final class LoggedDocument {

    private LoggedDocument() {}

    /** Its source. The mapping is strict: a field it does not know, which fails here, would keep it out of the log. */
    public static Map<String, Object> of(MetricsDocument document) throws IOException {
        Map<String, Object> source = XContentHelper.convertToMap(
                        BytesReference.bytes(MetricsLog.json(document, Instant.EPOCH)), false, MediaTypeRegistry.JSON)
                .v2();
        requireMapped("", source, mapping());
        return source;
    }

    /** The mapping that this build gives the log. */
    static Map<String, Object> mapping() throws IOException {
        try (InputStream in = MetricsLog.class.getResourceAsStream("mapping.json")) {
            return XContentHelper.convertToMap(JsonXContent.jsonXContent, in, false);
        }
    }

    private static void requireMapped(String path, Map<?, ?> object, Map<?, ?> mapping) {
        Map<?, ?> properties = (Map<?, ?>) mapping.get("properties");
        object.forEach((field, value) -> {
            assertTrue(path + field + " is not mapped", properties.containsKey(field));
            if (value instanceof Map<?, ?> inner) {
                requireMapped(path + field + ".", inner, (Map<?, ?>) properties.get(field));
            }
        });
    }
}
