package org.opensearch.ralm.plugin.feed;

import java.util.List;
import org.opensearch.core.action.ActionListener;
import org.opensearch.ralm.plugin.system.AsyncCache;
import org.opensearch.threadpool.ThreadPool;

/**
 * The feeds as this node knows them. Whoever changes a feed is answered only after all nodes have renewed it here.
 *
 * <p>Safe for use by several threads.
 */
public final class FeedCache {

    /** The name by which other nodes speak of it. */
    static final String NAME = "feeds";

    private static final int MAX_FEEDS = 10_000;

    private final FeedRegistry registry;
    private final AsyncCache<Feed> cache;

    FeedCache(FeedRegistry registry, ThreadPool threadPool) {
        this.registry = registry;
        this.cache = new AsyncCache<>(MAX_FEEDS, feed -> 1, registry::get, threadPool.getThreadContext());
    }

    /** Answers with a feed; fails with a 404 where there is none of that name. */
    public void get(String name, ActionListener<Feed> listener) {
        cache.get(name, listener);
    }

    /** Answers with all feeds, read from the registry. */
    public void list(ActionListener<List<Feed>> listener) {
        registry.list(listener);
    }

    AsyncCache<Feed> cache() {
        return cache;
    }
}
