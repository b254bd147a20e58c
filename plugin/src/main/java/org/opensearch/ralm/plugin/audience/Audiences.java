package org.opensearch.ralm.plugin.audience;

import java.util.List;
import org.opensearch.plugins.SearchPlugin.QuerySpec;
import org.opensearch.ralm.plugin.feed.FeedCache;
import org.opensearch.ralm.plugin.model.ModelCache;
import org.opensearch.ralm.plugin.stats.RalmStats;
import org.opensearch.ralm.plugin.system.Memory;
import org.opensearch.ralm.plugin.system.PluginSwitch;

/**
 * What the node needs to know of audiences: the query {@code ralm_audience}.
 *
 * <p>Queries are registered before the node has a client, so feeds and models are handed in later, by {@link #start}.
 */
public final class Audiences {

    private final RalmStats stats;
    private final PluginSwitch pluginSwitch;
    private volatile AudienceResolver resolver;

    /**
     * @param stats the node's counters
     * @param pluginSwitch whether the plugin is on
     */
    public Audiences(RalmStats stats, PluginSwitch pluginSwitch) {
        this.pluginSwitch = pluginSwitch;
        this.stats = stats;
    }

    /** Hands in what requests are resolved with; to be called before the node serves any. */
    public void start(FeedCache feeds, ModelCache models, Memory memory) {
        resolveBy(new CachedAudienceResolver(feeds, models, memory));
    }

    /** The query {@code ralm_audience}. */
    public List<QuerySpec<?>> queries() {
        return List.of(new QuerySpec<>(
                RalmAudienceQueryBuilder.NAME,
                in -> new RalmAudienceQueryBuilder(in, this),
                parser -> RalmAudienceQueryBuilder.fromXContent(parser, this)));
    }

    void resolveBy(AudienceResolver audienceResolver) {
        this.resolver = audienceResolver;
    }

    AudienceResolver resolver() {
        return resolver;
    }

    PluginSwitch pluginSwitch() {
        return pluginSwitch;
    }

    RalmStats stats() {
        return stats;
    }
}
