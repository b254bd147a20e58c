package org.opensearch.ralm.plugin.feed;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.opensearch.common.settings.Setting;
import org.opensearch.common.settings.Setting.Property;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.common.unit.ByteSizeValue;
import org.opensearch.ralm.plugin.system.AsyncCache;
import org.opensearch.ralm.plugin.system.Memory;
import org.opensearch.ralm.plugin.system.NodeCache;
import org.opensearch.threadpool.ThreadPool;

/**
 * The feeds as this node knows them, each by its name and all as a list. Whoever changes a feed is answered only after
 * all nodes have renewed both here.
 *
 * <p>Safe for use by several threads.
 */
public final class FeedCache implements NodeCache {

    /** The name by which other nodes speak of it. */
    static final String NAME = "feeds";

    /** How long a message that got lost may matter. */
    static final TimeValue LONGEST_TRUST = TimeValue.timeValueSeconds(30);

    /** What a node remembers of all feeds. */
    public static final Setting<ByteSizeValue> SIZE =
            Setting.memorySizeSetting("plugins.ralm.feed.cache_size", "1%", Property.NodeScope);

    private static final String LABEL = "ralm_feeds";
    private static final String ALL = "";

    private final AsyncCache<Feed> byName;
    private final AsyncCache<List<Feed>> list;
    private final AtomicLong listedAt = new AtomicLong();
    private final ThreadPool threadPool;

    /**
     * @param reader reads one feed of the registry, fails with a 404 where there is none
     * @param lister reads all
     * @param maximumBytes what they may take of the memory, half of it one by one and half as the list
     * @param memory accounts for it
     */
    FeedCache(
            BiConsumer<String, ActionListener<Feed>> reader,
            Consumer<ActionListener<List<Feed>>> lister,
            long maximumBytes,
            Memory memory,
            ThreadPool threadPool) {
        this.threadPool = threadPool;
        this.byName = new AsyncCache<>(
                maximumBytes / 2, Feed::memoryBytes, memory, LABEL, reader, threadPool.getThreadContext());
        this.list = new AsyncCache<>(
                maximumBytes / 2,
                feeds -> feeds.stream().mapToLong(Feed::memoryBytes).sum(),
                memory,
                LABEL,
                (all, listener) -> {
                    listedAt.set(threadPool.relativeTimeInMillis());
                    lister.accept(listener);
                },
                threadPool.getThreadContext());
    }

    /** Answers with a feed; fails with a 404 where there is none of that name. */
    public void get(String name, ActionListener<Feed> listener) {
        byName.get(name, listener);
    }

    /** The feed as this node knows it just now; null if it does not, and then it is being fetched. Never waits. */
    public Feed peek(String name) {
        return byName.peek(name);
    }

    /**
     * Answers with all feeds by name, from memory. A list that is older than half a minute is read again, and so are
     * the single feeds; whoever asks meanwhile gets the old ones.
     */
    public void list(ActionListener<List<Feed>> listener) {
        long now = threadPool.relativeTimeInMillis();
        long last = listedAt.get();
        if (now - last > LONGEST_TRUST.millis() && listedAt.compareAndSet(last, now)) {
            reload();
        }
        list.get(ALL, listener);
    }

    /** How many bytes they take. */
    public long bytes() {
        return byName.weight() + list.weight();
    }

    @Override
    public void renew(String name) {
        byName.renew(name);
        list.renew(ALL);
    }

    @Override
    public void reload() {
        byName.reload();
        list.reload();
    }
}
