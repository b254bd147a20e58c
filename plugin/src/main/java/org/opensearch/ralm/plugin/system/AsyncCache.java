package org.opensearch.ralm.plugin.system;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.ToLongFunction;
import org.opensearch.ResourceNotFoundException;
import org.opensearch.common.cache.Cache;
import org.opensearch.common.cache.CacheBuilder;
import org.opensearch.common.util.concurrent.ListenableFuture;
import org.opensearch.common.util.concurrent.OpenSearchExecutors;
import org.opensearch.common.util.concurrent.ThreadContext;
import org.opensearch.core.action.ActionListener;

/**
 * A cache, bounded by bytes, of immutable things that are loaded asynchronously, each at most once at a time.
 *
 * <p>Faults are not cached. Safe for use by several threads; listeners are answered in the context they came with.
 *
 * @param <V> what is cached
 */
public final class AsyncCache<V> implements NodeCache {

    private final Cache<String, V> cache;
    private final Map<String, ListenableFuture<V>> loading = new ConcurrentHashMap<>();
    private final ToLongFunction<V> weigher;
    private final BiConsumer<String, ActionListener<V>> loader;
    private final Memory memory;
    private final String label;
    private final ThreadContext threadContext;

    /**
     * @param maximumWeight how many bytes the cached things may take together
     * @param weigher how many one takes
     * @param memory accounts for them; where it has no room, a thing cannot be loaded
     * @param label what they are, as a refusal says it
     * @param loader loads the thing of a key, or fails with {@link ResourceNotFoundException} if there is none
     * @param threadContext the node's
     */
    public AsyncCache(
            long maximumWeight,
            ToLongFunction<V> weigher,
            Memory memory,
            String label,
            BiConsumer<String, ActionListener<V>> loader,
            ThreadContext threadContext) {
        this.cache = CacheBuilder.<String, V>builder()
                .setNumberOfSegments(1)
                .setMaximumWeight(maximumWeight)
                .weigher((key, value) -> weigher.applyAsLong(value))
                .removalListener(removed -> memory.giveBack(weigher.applyAsLong(removed.getValue())))
                .build();
        this.weigher = weigher;
        this.memory = memory;
        this.label = label;
        this.loader = loader;
        this.threadContext = threadContext;
    }

    /** Answers with the thing of a key, at once if it is cached. */
    public void get(String key, ActionListener<V> listener) {
        V cached = cache.get(key);
        if (cached != null) {
            listener.onResponse(cached);
            return;
        }
        ListenableFuture<V> mine = new ListenableFuture<>();
        ListenableFuture<V> others = loading.putIfAbsent(key, mine);
        ListenableFuture<V> awaited = others == null ? mine : others;
        awaited.addListener(listener, OpenSearchExecutors.newDirectExecutorService(), threadContext);
        if (others == null) {
            load(key, mine);
        }
    }

    /** The thing of a key if it is cached, or null, in which case loading it begins. */
    public V peek(String key) {
        V cached = cache.get(key);
        if (cached == null) {
            get(key, ActionListener.wrap(() -> {}));
        }
        return cached;
    }

    /** Whether the thing of a key is cached; loading does not begin. */
    public boolean holds(String key) {
        for (String cached : cache.keys()) {
            if (cached.equals(key)) {
                return true;
            }
        }
        return false;
    }

    /** {@inheritDoc} What is being loaded just now is forgotten, too. */
    @Override
    public void renew(String key) {
        loading.compute(key, (same, future) -> {
            cache.invalidate(key);
            return null;
        });
        get(key, ActionListener.wrap(() -> {}));
    }

    @Override
    public void reload() {
        List<String> keys = new ArrayList<>();
        cache.keys().forEach(keys::add);
        for (String key : keys) {
            V old = cache.get(key);
            loader.accept(key, ActionListener.wrap(value -> replace(key, old, value), e -> {
                if (e instanceof ResourceNotFoundException) {
                    replace(key, old, null);
                }
            }));
        }
    }

    /** Puts a thing in the place of an old one, unless that was renewed while this one was on its way. */
    private void replace(String key, V old, V value) {
        loading.compute(key, (same, future) -> {
            boolean renewed = cache.get(key) != old;
            if (renewed == false && value == null) {
                cache.invalidate(key);
            } else if (renewed == false) {
                put(key, value);
            }
            return future;
        });
    }

    /** What it takes is given back when it is removed, which may be at once. */
    private void put(String key, V value) {
        memory.take(weigher.applyAsLong(value), label);
        cache.put(key, value);
    }

    /** How many bytes the cached things take together. */
    public long weight() {
        return cache.weight();
    }

    /** How often a thing was there. */
    public long hits() {
        return cache.stats().getHits();
    }

    /** How often it was not. */
    public long misses() {
        return cache.stats().getMisses();
    }

    /** How often a thing had to go to make room for another. */
    public long evictions() {
        return cache.stats().getEvictions();
    }

    private void load(String key, ListenableFuture<V> future) {
        ActionListener<V> completed = ActionListener.wrap(
                value -> {
                    loading.computeIfPresent(key, (same, current) -> {
                        if (current != future) {
                            return current;
                        }
                        put(key, value);
                        return null;
                    });
                    future.onResponse(value);
                },
                e -> {
                    loading.remove(key, future);
                    future.onFailure(e);
                });
        try {
            loader.accept(key, completed);
        } catch (RuntimeException e) {
            completed.onFailure(e);
        }
    }
}
