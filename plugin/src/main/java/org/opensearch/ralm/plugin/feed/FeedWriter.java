package org.opensearch.ralm.plugin.feed;

import java.util.function.UnaryOperator;
import org.opensearch.core.action.ActionListener;
import org.opensearch.ralm.plugin.metrics.MetricsLog;
import org.opensearch.ralm.plugin.system.CacheBroadcast;

/**
 * Changes feeds, tells all nodes and logs changes of models, before it answers. Acts as the plugin: whether the caller may
 * is checked before.
 */
public final class FeedWriter {

    private final FeedRegistry registry;
    private final CacheBroadcast broadcast;
    private final MetricsLog log;

    FeedWriter(FeedRegistry registry, CacheBroadcast broadcast, MetricsLog log) {
        this.registry = registry;
        this.broadcast = broadcast;
        this.log = log;
    }

    /** The feed of a name as it is at the moment; fails with a 404 where there is none. */
    public void read(String name, ActionListener<Feed> listener) {
        registry.get(name, listener);
    }

    /**
     * Changes a feed, as it is at the moment; answers with what it is then, and fails with a 404 where there is none.
     *
     * @param change what becomes of it; may be called more than once, and may fail
     */
    public void change(String name, UnaryOperator<Feed> change, ActionListener<Feed> listener) {
        UnaryOperator<Feed> present = feed -> {
            if (feed == null) {
                throw FeedRegistry.unknown(name);
            }
            return change.apply(feed);
        };
        update(name, present, ActionListener.map(listener, FeedRegistry.Written::feed));
    }

    /**
     * Changes a feed, as it is at the moment, or makes it.
     *
     * @param change what becomes of the feed, which is null where there is none; may be called more than once, and fail
     */
    void update(String name, UnaryOperator<Feed> change, ActionListener<FeedRegistry.Written> listener) {
        ActionListener<FeedRegistry.Written> logged =
                log.thenAnswer(written -> ModelChange.of(written.before(), written.feed()), listener);
        registry.update(name, change, broadcast.thenAnswer(FeedCache.NAME, name, logged));
    }
}
