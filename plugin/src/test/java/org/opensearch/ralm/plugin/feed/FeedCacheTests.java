package org.opensearch.ralm.plugin.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.opensearch.common.settings.Settings;
import org.opensearch.core.action.ActionListener;
import org.opensearch.node.Node;
import org.opensearch.ralm.plugin.TestFeeds;
import org.opensearch.ralm.plugin.TestMemory;
import org.opensearch.threadpool.ThreadPool;

class FeedCacheTests {

    private static final Feed OLD = TestFeeds.feed("users", "m1", 4);
    private static final Feed NEW = TestFeeds.feed("users-m2", "m2", 4);

    private final Deque<ActionListener<List<Feed>>> listing = new ArrayDeque<>();
    private final Deque<ActionListener<Feed>> reading = new ArrayDeque<>();
    private final List<Object> answers = new ArrayList<>();
    private final SetClock threadPool = new SetClock();
    private final FeedCache feeds = new FeedCache(
            (name, listener) -> reading.add(listener),
            listing::add,
            1 << 20,
            TestMemory.plenty().memory(),
            threadPool);

    /** A thread pool whose clock stands still until it is set. */
    private static final class SetClock extends ThreadPool {

        private volatile long now = 1;

        SetClock() {
            super(Settings.builder()
                    .put(Node.NODE_NAME_SETTING.getKey(), "test")
                    .build());
        }

        @Override
        public long relativeTimeInMillis() {
            return now;
        }
    }

    @AfterEach
    void stopThreads() {
        threadPool.shutdownNow();
    }

    private void list() {
        feeds.list(ActionListener.wrap(answers::add, answers::add));
    }

    @Test
    void listIsReadOnce() {
        list();
        listing.remove().onResponse(List.of(OLD));
        list();
        assertEquals(List.of(List.of(OLD), List.of(OLD)), answers);
        assertEquals(0, listing.size());
    }

    @Test
    void changeOfOneFeedIsSeenInTheList() {
        list();
        listing.remove().onResponse(List.of(OLD));
        feeds.renew("news");
        list();
        listing.remove().onResponse(List.of(NEW));
        assertEquals(List.of(List.of(OLD), List.of(NEW)), answers);
    }

    @Test
    void lostMessageMattersForHalfAMinuteOnly() {
        list();
        listing.remove().onResponse(List.of(OLD));
        feeds.get("news", ActionListener.wrap(() -> {}));
        reading.remove().onResponse(OLD);
        threadPool.now += FeedCache.LONGEST_TRUST.millis();
        list();
        assertEquals(0, listing.size());
        threadPool.now++;
        list();
        list();
        assertEquals(List.of(List.of(OLD), List.of(OLD), List.of(OLD), List.of(OLD)), answers);
        listing.remove().onResponse(List.of(NEW));
        reading.remove().onResponse(NEW);
        list();
        feeds.get("news", ActionListener.wrap(answers::add, answers::add));
        assertEquals(List.of(List.of(NEW), NEW), answers.subList(4, 6));
        assertEquals(0, listing.size());
    }

    @Test
    void listThatCannotBeReadAgainIsKeptUntilTheNextTry() {
        list();
        listing.remove().onResponse(List.of(OLD));
        threadPool.now += FeedCache.LONGEST_TRUST.millis() + 1;
        list();
        listing.remove().onFailure(new IllegalStateException("no shard"));
        list();
        assertEquals(List.of(List.of(OLD), List.of(OLD), List.of(OLD)), answers);
    }
}
