package org.opensearch.ralm.plugin.feed;

import java.util.function.UnaryOperator;
import org.opensearch.core.action.ActionListener;
import org.opensearch.ralm.plugin.system.CacheBroadcast;

/** Changes feeds and tells all nodes, before it answers. Acts as the plugin: whether the caller may is checked before. */
public final class FeedWriter {

    private final FeedRegistry registry;
    private final CacheBroadcast broadcast;

    FeedWriter(FeedRegistry registry, CacheBroadcast broadcast) {
        this.registry = registry;
        this.broadcast = broadcast;
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
        ActionListener<FeedRegistry.Written> done = ActionListener.map(listener, FeedRegistry.Written::feed);
        registry.update(name, present, broadcast.thenAnswer(FeedCache.NAME, name, done));
    }
}
