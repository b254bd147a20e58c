package org.opensearch.ralm.plugin.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.opensearch.ResourceNotFoundException;
import org.opensearch.common.settings.Settings;
import org.opensearch.common.util.concurrent.ThreadContext;
import org.opensearch.core.action.ActionListener;
import org.opensearch.ralm.plugin.TestMemory;

class AsyncCacheTests {

    private final Deque<ActionListener<String>> loading = new ArrayDeque<>();
    private final List<String> answers = new ArrayList<>();
    private final ThreadContext context = new ThreadContext(Settings.EMPTY);
    private final TestMemory memory = TestMemory.plenty();
    private final AsyncCache<String> cache = new AsyncCache<>(
            10, String::length, memory.memory(), "test", (key, listener) -> loading.add(listener), context);

    private void get(String key) {
        cache.get(key, ActionListener.wrap(answers::add, e -> answers.add("failed: " + e.getMessage())));
    }

    @Test
    void manyWhoAskAtOnceCauseOneLoad() {
        get("a");
        get("a");
        assertEquals(1, loading.size());
        loading.remove().onResponse("A");
        get("a");
        assertEquals(List.of("A", "A", "A"), answers);
        assertEquals(0, loading.size());
        assertEquals(1, cache.hits());
        assertEquals(2, cache.misses());
    }

    @Test
    void memoryIsTakenForWhatIsHereAndForNothingElse() {
        for (String value : List.of("12345", "678901", "23")) {
            get(value);
            loading.remove().onResponse(value);
            assertEquals(cache.weight(), memory.getUsed());
        }
        assertEquals(1, cache.evictions());
        cache.renew("23");
        loading.remove().onResponse("456");
        assertEquals(cache.weight(), memory.getUsed());
        cache.reload();
        loading.remove().onResponse("new one");
        loading.remove().onFailure(new ResourceNotFoundException("gone"));
        assertEquals(cache.weight(), memory.getUsed());
        get("more than it holds");
        loading.remove().onResponse("more than it holds");
        assertEquals(cache.weight(), memory.getUsed());
    }

    @Test
    void whatMemoryHasNoRoomForIsRefusedAndCanBeLoadedLater() {
        memory.limitTo(3);
        get("a");
        loading.remove().onResponse("long");
        get("a");
        loading.remove().onResponse("A");
        assertEquals(List.of("failed: no room for test", "A"), answers);
        assertEquals(1, memory.getUsed());
    }

    @Test
    void faultsAreNotKept() {
        get("a");
        loading.remove().onFailure(new ResourceNotFoundException("gone"));
        get("a");
        loading.remove().onResponse("A");
        assertEquals(List.of("failed: gone", "A"), answers);
    }

    @Test
    void whatWasBeingLoadedWhenItChangedIsNotKept() {
        get("a");
        ActionListener<String> old = loading.remove();
        cache.renew("a");
        ActionListener<String> fresh = loading.remove();
        fresh.onResponse("new");
        old.onResponse("old");
        get("a");
        assertEquals(List.of("old", "new"), answers);
    }

    @Test
    void lookingWithoutWaitingBeginsToLoad() {
        assertNull(cache.peek("a"));
        loading.remove().onResponse("A");
        assertEquals("A", cache.peek("a"));
    }

    @Test
    void weightIsBounded() {
        for (String key : List.of("a", "b", "c")) {
            get(key);
            loading.remove().onResponse("xxxx");
        }
        assertTrue(cache.weight() <= 10);
        assertNull(cache.peek("a"));
        assertEquals("xxxx", cache.peek("c"));
    }

    @Test
    void reloadingKeepsTheOldUntilTheNewIsThereAndForgetsWhatIsGone() {
        get("a");
        loading.remove().onResponse("old");
        cache.reload();
        assertEquals("old", cache.peek("a"));
        loading.remove().onResponse("new");
        assertEquals("new", cache.peek("a"));
        cache.reload();
        loading.remove().onFailure(new ResourceNotFoundException("gone"));
        assertNull(cache.peek("a"));
    }

    @Test
    void reloadingThatIsOvertakenByAChangeDoesNotBringTheOldBack() {
        get("a");
        loading.remove().onResponse("old");
        cache.reload();
        ActionListener<String> slow = loading.remove();
        cache.renew("a");
        loading.remove().onResponse("new");
        slow.onResponse("old");
        assertEquals("new", cache.peek("a"));
    }

    @Test
    void everyoneIsAnsweredInTheirOwnContext() {
        List<String> users = new ArrayList<>();
        for (String user : List.of("ann", "bob")) {
            try (ThreadContext.StoredContext ignored = context.stashContext()) {
                context.putHeader("user", user);
                cache.get("a", ActionListener.wrap(value -> users.add(context.getHeader("user")), e -> {}));
            }
        }
        loading.remove().onResponse("A");
        assertEquals(List.of("ann", "bob"), users);
    }
}
