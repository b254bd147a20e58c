package org.opensearch.ralm.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.opensearch.common.xcontent.XContentHelper;
import org.opensearch.common.xcontent.json.JsonXContent;

/** Documents that other builds have stored; README.md beside them says which. */
public final class Stored {

    private Stored() {}

    /** Reads one. */
    public static Map<String, Object> source(String name) throws IOException {
        try (InputStream in = Stored.class.getResourceAsStream("/stored/" + name + ".json")) {
            return XContentHelper.convertToMap(JsonXContent.jsonXContent, in, false);
        }
    }
}
