package org.opensearch.ralm.plugin.ingest;

import java.util.Map;
import org.opensearch.OpenSearchParseException;
import org.opensearch.ingest.ConfigurationUtils;
import org.opensearch.ralm.plugin.feed.Feed;

/** The feed of a processor, by the processor's definition. */
public final class FeedProperty {

    private static final String NAME = "feed";

    private FeedProperty() {}

    /**
     * Reads its name.
     *
     * @param type the processor's name in pipelines
     * @throws OpenSearchParseException if it is missing, or no feed can have it
     */
    public static String read(String type, String tag, Map<String, Object> config) {
        String feed = ConfigurationUtils.readStringProperty(type, tag, config, NAME);
        try {
            return Feed.requireName(feed);
        } catch (IllegalArgumentException e) {
            throw ConfigurationUtils.newConfigurationException(type, tag, NAME, e.getMessage());
        }
    }
}
