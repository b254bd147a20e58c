package org.opensearch.ralm.plugin.click;

import org.opensearch.common.cache.Cache;
import org.opensearch.common.cache.CacheBuilder;
import org.opensearch.common.settings.Setting;
import org.opensearch.common.settings.Setting.Property;
import org.opensearch.common.settings.Settings;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.core.common.breaker.CircuitBreakingException;
import org.opensearch.core.common.unit.ByteSizeValue;
import org.opensearch.ralm.plugin.system.Memory;

/**
 * The vectors of users who clicked lately, as they are written into clicks, so that a user costs neither a request nor
 * an encoding with every click.
 *
 * <p>Bounded by bytes and by age: within the age a user may still be given an older vector, or be read for a caller who
 * has lost the right to. What one caller has read is not served to another. Users without a vector are not kept. Safe
 * for use by several threads.
 */
final class UserVectorCache {

    /** How many bytes the vectors may take. */
    static final Setting<ByteSizeValue> SIZE =
            Setting.memorySizeSetting("plugins.ralm.ingest.user_cache_size", "5%", Property.NodeScope);

    /** How long a vector is used without looking at the users index again. */
    static final Setting<TimeValue> EXPIRY = Setting.timeSetting(
            "plugins.ralm.ingest.user_cache_expiry",
            TimeValue.timeValueMinutes(10),
            TimeValue.timeValueSeconds(1),
            Property.NodeScope);

    /** What the objects around two strings of one byte a char take, as measured on a 64-bit JVM. */
    private static final int OVERHEAD = 320;

    private final Cache<Key, String> cache;
    private final Memory memory;

    /**
     * @param memory accounts for the vectors; where it has no room, they are not kept
     */
    UserVectorCache(Settings settings, Memory memory) {
        this.memory = memory;
        this.cache = CacheBuilder.<Key, String>builder()
                .setMaximumWeight(SIZE.get(settings).getBytes())
                .setExpireAfterWrite(EXPIRY.get(settings))
                .weigher(UserVectorCache::bytes)
                .removalListener(removed -> memory.giveBack(bytes(removed.getKey(), removed.getValue())))
                .build();
    }

    private static long bytes(Key key, String vector) {
        return OVERHEAD + 2L * key.user().length() + vector.length();
    }

    /**
     * For whom, and from where, vectors are read.
     *
     * @param caller who reads them; null where the cluster knows no callers
     * @param users the identity of the users index, which one made anew under the same name does not share
     * @param model the id of the model that made the vectors
     */
    record Scope(String caller, String users, String model) {}

    private record Key(Scope scope, String user) {}

    /** The vector of a user as {@link ClickFields#encoded} writes it, or null if it is not here. */
    String get(Scope scope, String user) {
        return cache.get(new Key(scope, user));
    }

    void put(Scope scope, String user, String vector) {
        Key key = new Key(scope, user);
        try {
            memory.take(bytes(key, vector), "ralm_users");
        } catch (CircuitBreakingException e) {
            // What is not kept is read again.
            return;
        }
        cache.put(key, vector);
    }

    long bytes() {
        return cache.weight();
    }

    long hits() {
        return cache.stats().getHits();
    }

    long evictions() {
        return cache.stats().getEvictions();
    }

    long misses() {
        return cache.stats().getMisses();
    }
}
