package org.opensearch.ralm.plugin.stats;

import java.util.Locale;

/** The contract of the statistics: every number there is, in the order in which they are shown. */
public enum Stat {
    /** {@code ralm_score} queries that a shard has begun. */
    QUERIES,
    /** {@code ralm_score} scripts that were made ready for a shard. */
    SCRIPTS,
    /** Users of {@code ralm_score} queries who had no vector, or none of the feed's model. */
    MISSING_USERS,
    /** {@code ralm_audience} queries that a shard has begun. */
    AUDIENCES,
    /** Candidates passed over because their block was made under another model. */
    COLD_CANDIDATES,
    /** Candidates passed over because a query asked for exposure and they have no thresholds under the model. */
    UNEXPOSED_CANDIDATES,
    /** Documents that went through the ingest processor. */
    INGESTED_DOCUMENTS,
    /** Documents that the ingest processor refused. */
    INGEST_FAILURES,
    /** Clicks that went through the ingest processor. */
    CLICKS,
    /** Clicks that the ingest processor refused. */
    CLICK_FAILURES,
    /** Clicks that were stored without a vector, as their users had none. */
    CLICKS_OF_UNKNOWN_USERS,
    /** Bytes of the vectors in memory, of users who clicked lately. */
    USER_CACHE_BYTES,
    /** How often the vector of a user who clicked was in memory. */
    USER_CACHE_HITS,
    /** How often it was not. */
    USER_CACHE_MISSES,
    /** How often a vector had to go to make room for another, or had expired. */
    USER_CACHE_EVICTIONS,
    /** Seed users whose vector was not in the users index. */
    UNKNOWN_USERS,
    /** Seed users added to candidates. */
    SEEDS_ADDED,
    /** Cycles of the refresh task over the shards of a feed. */
    REFRESH_RUNS,
    /** Processor time of the refresh task's threads. */
    REFRESH_CPU_MILLIS,
    /** Candidates the refresh task has rewritten. */
    REFRESH_UPDATED,
    /** Candidates somebody else wrote while the refresh task wanted to; they are looked at again. */
    REFRESH_CONFLICTS,
    /** Candidates the refresh task passed over, as the circuit breaker had no room; they are looked at again. */
    REFRESH_POSTPONED,
    /** Bytes that the refresh task holds between its cycles: what it remembers of candidates, and samples of users. */
    REFRESH_MEMORY_BYTES,
    /** Cycles and writes of the refresh task that failed. */
    REFRESH_ERRORS,
    /** Bytes that the circuit breaker of the plugin accounts for. */
    MEMORY_BYTES,
    /** How often the circuit breaker of the plugin, or that of the whole node, refused it memory. */
    MEMORY_REFUSALS,
    /** Bytes of the models in memory. */
    MODEL_CACHE_BYTES,
    /** How often a model was in memory when asked for. */
    MODEL_CACHE_HITS,
    /** How often it was not. */
    MODEL_CACHE_MISSES,
    /** How often a model had to go to make room for another. */
    MODEL_CACHE_EVICTIONS,
    /** Bytes of the feeds in memory. */
    FEED_CACHE_BYTES;

    /** The name in requests and answers. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
