package org.opensearch.ralm.plugin.click;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.opensearch.common.settings.Settings;
import org.opensearch.ralm.plugin.TestMemory;

class UserVectorCacheTests {

    private static final UserVectorCache.Scope SCOPE = new UserVectorCache.Scope("ann|role", "users", "m1");

    private static UserVectorCache cache(String size) {
        return cache(size, TestMemory.plenty());
    }

    private static UserVectorCache cache(String size, TestMemory memory) {
        return new UserVectorCache(
                Settings.builder().put(UserVectorCache.SIZE.getKey(), size).build(), memory.memory());
    }

    @Test
    void vectorsAreKeptForOneCallerOneIndexAndOneModel() {
        UserVectorCache cache = cache("1mb");
        cache.put(SCOPE, "u1", "AAAA");
        assertEquals("AAAA", cache.get(new UserVectorCache.Scope("ann|role", "users", "m1"), "u1"));
        assertNull(cache.get(SCOPE, "u2"));
        assertNull(cache.get(new UserVectorCache.Scope("bob|role", "users", "m1"), "u1"));
        assertNull(cache.get(new UserVectorCache.Scope(null, "users", "m1"), "u1"));
        assertNull(cache.get(new UserVectorCache.Scope("ann|role", "users2", "m1"), "u1"));
        assertNull(cache.get(new UserVectorCache.Scope("ann|role", "users", "m2"), "u1"));
        assertEquals(1, cache.hits());
        assertEquals(5, cache.misses());
    }

    @Test
    void bytesAreBounded() {
        UserVectorCache cache = cache("10kb");
        for (int u = 0; u < 100; u++) {
            cache.put(SCOPE, "u" + u, "x".repeat(684));
            assertTrue(cache.bytes() <= 10 * 1024);
        }
        assertNull(cache.get(SCOPE, "u0"));
        assertEquals("x".repeat(684), cache.get(SCOPE, "u99"));
    }

    @Test
    void memoryIsTakenForWhatIsHereAndForNothingElse() {
        TestMemory memory = TestMemory.plenty();
        UserVectorCache cache = cache("10kb", memory);
        for (int u = 0; u < 100; u++) {
            cache.put(SCOPE, "u" + u % 50, "x".repeat(684));
            assertEquals(cache.bytes(), memory.getUsed());
        }
        assertTrue(cache.evictions() > 0);
    }

    @Test
    void vectorsThatMemoryHasNoRoomForAreNotKept() {
        TestMemory memory = TestMemory.of(1_000);
        UserVectorCache cache = cache("10kb", memory);
        cache.put(SCOPE, "u1", "x".repeat(500));
        cache.put(SCOPE, "u2", "x".repeat(500));
        assertEquals("x".repeat(500), cache.get(SCOPE, "u1"));
        assertNull(cache.get(SCOPE, "u2"));
        assertEquals(cache.bytes(), memory.getUsed());
    }

    @Test
    void cacheOfNoBytesKeepsNothing() {
        UserVectorCache cache = cache("0b");
        cache.put(SCOPE, "u1", "AAAA");
        assertNull(cache.get(SCOPE, "u1"));
        assertEquals(0, cache.bytes());
    }

    @Test
    void manyThreadsGetWhatWasPut() throws Exception {
        UserVectorCache cache = cache("64kb");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Integer>> all = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                Random random = new Random(t);
                all.add(threads.submit(() -> {
                    int found = 0;
                    for (int i = 0; i < 20_000; i++) {
                        String user = "u" + random.nextInt(200);
                        String vector = cache.get(SCOPE, user);
                        if (vector == null) {
                            cache.put(SCOPE, user, "vector of " + user);
                        } else {
                            assertEquals("vector of " + user, vector);
                            found++;
                        }
                    }
                    return found;
                }));
            }
            int hits = 0;
            for (Future<Integer> one : all) {
                hits += one.get();
            }
            assertEquals(hits, cache.hits());
            assertEquals(80_000 - hits, cache.misses());
            assertTrue(cache.bytes() <= 64 * 1024);
        } finally {
            threads.shutdownNow();
        }
    }
}
