package org.opensearch.ralm.plugin.model;

import org.opensearch.core.action.ActionListener;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.plugin.system.AsyncCache;
import org.opensearch.ralm.plugin.system.Memory;
import org.opensearch.threadpool.ThreadPool;

/**
 * This node's models, ready to compute with.
 *
 * <p>Loaded when first needed and when another node says that one was uploaded; bounded by the bytes of their weights.
 * Safe for use by several threads.
 */
public final class ModelCache {

    /** The name by which other nodes speak of it. */
    static final String NAME = "models";

    private final AsyncCache<LookalikeModel> cache;

    ModelCache(ModelRegistry registry, long maximumBytes, Memory memory, ThreadPool threadPool) {
        this.cache = new AsyncCache<>(
                maximumBytes,
                LookalikeModel::memoryBytes,
                memory,
                "ralm_models",
                (id, listener) -> registry.load(id, ActionListener.map(listener, LookalikeModel::new)),
                threadPool.getThreadContext());
    }

    /** Answers with a model; fails with a 404 where there is none of that id. */
    public void get(String id, ActionListener<LookalikeModel> listener) {
        cache.get(id, listener);
    }

    /** The model if it is here; otherwise null, and it is being fetched. Never waits. */
    public LookalikeModel peek(String id) {
        return cache.peek(id);
    }

    /** Whether a model is here; none is fetched for the question. */
    public boolean holds(String id) {
        return cache.holds(id);
    }

    /** The bytes the models take. */
    public long bytes() {
        return cache.weight();
    }

    /** How often a model was here. */
    public long hits() {
        return cache.hits();
    }

    /** How often a model had to be fetched. */
    public long misses() {
        return cache.misses();
    }

    /** How often a model had to go to make room for another. */
    public long evictions() {
        return cache.evictions();
    }

    AsyncCache<LookalikeModel> cache() {
        return cache;
    }
}
