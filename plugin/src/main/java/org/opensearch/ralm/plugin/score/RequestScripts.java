package org.opensearch.ralm.plugin.score;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.opensearch.common.xcontent.LoggingDeprecationHandler;
import org.opensearch.common.xcontent.XContentHelper;
import org.opensearch.common.xcontent.XContentType;
import org.opensearch.core.common.bytes.BytesReference;
import org.opensearch.core.xcontent.NamedXContentRegistry;
import org.opensearch.core.xcontent.ToXContent;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.core.xcontent.XContentParser;
import org.opensearch.index.query.AbstractQueryBuilder;
import org.opensearch.search.builder.SearchSourceBuilder;
import org.opensearch.search.rescore.RescorerBuilder;

/**
 * Query and rescorers of a search request as JSON, so that the parameters of scripts in them can be changed, wherever
 * they are: builders of queries keep theirs to themselves.
 */
final class RequestScripts {

    private final Map<String, Object> query;
    private final List<Map<String, Object>> rescorers;
    private final NamedXContentRegistry registry;

    private RequestScripts(
            Map<String, Object> query, List<Map<String, Object>> rescorers, NamedXContentRegistry registry) {
        this.query = query;
        this.rescorers = rescorers;
        this.registry = registry;
    }

    /**
     * Those of a request.
     *
     * @param source may be null
     */
    static RequestScripts of(SearchSourceBuilder source, NamedXContentRegistry registry) throws IOException {
        Map<String, Object> query = source == null || source.query() == null ? null : toMap(source.query());
        List<Map<String, Object>> rescorers = new ArrayList<>();
        if (source != null && source.rescores() != null) {
            for (RescorerBuilder<?> rescorer : source.rescores()) {
                rescorers.add(toMap(rescorer));
            }
        }
        return new RequestScripts(query, rescorers, registry);
    }

    /** The scripts that name a user of a feed; to be changed before {@link #writeTo}. */
    List<ScriptUser> users(String feed) {
        List<ScriptUser> found = new ArrayList<>();
        collect(query, feed, found);
        collect(rescorers, feed, found);
        return found;
    }

    private static void collect(Object json, String feed, List<ScriptUser> found) {
        if (json instanceof Map<?, ?> map) {
            if (map.get("script") instanceof Map<?, ?> script
                    && RalmScriptEngine.LANGUAGE.equals(script.get("lang"))
                    && script.get("params") instanceof Map<?, ?> untyped) {
                @SuppressWarnings("unchecked")
                Map<String, Object> params = (Map<String, Object>) untyped;
                if (ScriptUser.isNamed(params, feed)) {
                    found.add(new ScriptUser(params, feed));
                }
            }
            map.values().forEach(value -> collect(value, feed, found));
        } else if (json instanceof List<?> list) {
            list.forEach(value -> collect(value, feed, found));
        }
    }

    /** Puts query and rescorers into a request in the place of its own. */
    void writeTo(SearchSourceBuilder source) throws IOException {
        if (query != null) {
            try (XContentParser parser = parser(query)) {
                source.query(AbstractQueryBuilder.parseInnerQueryBuilder(parser));
            }
        }
        if (rescorers.isEmpty() == false) {
            source.clearRescorers();
            for (Map<String, Object> rescorer : rescorers) {
                try (XContentParser parser = parser(rescorer)) {
                    parser.nextToken();
                    source.addRescorer(RescorerBuilder.parseFromXContent(parser));
                }
            }
        }
    }

    private static Map<String, Object> toMap(ToXContent builder) throws IOException {
        BytesReference json = XContentHelper.toXContent(builder, XContentType.JSON, false);
        return XContentHelper.convertToMap(json, false, XContentType.JSON).v2();
    }

    private XContentParser parser(Map<String, Object> json) throws IOException {
        try (XContentBuilder builder = XContentBuilder.builder(XContentType.JSON.xContent())) {
            BytesReference bytes = BytesReference.bytes(builder.map(json));
            return XContentHelper.createParser(registry, LoggingDeprecationHandler.INSTANCE, bytes, XContentType.JSON);
        }
    }
}
