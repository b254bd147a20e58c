package org.opensearch.ralm.plugin.stats;

import java.util.Locale;

/** The contract of the statistics: every number there is, in the order in which they are shown. */
public enum Stat {
    QUERIES("1", "ralm_score queries that a shard has begun."),
    QUERY_PHASES(
            "1", "Query phases of searches with ralm_score that a shard has ended, also out of the request cache."),
    QUERY_NANOS("ns", "Time of these query phases; divided by their number, the mean latency on a shard."),
    SCRIPTS("1", "ralm_score scripts that were made ready for a shard."),
    MISSING_USERS("1", "Users of ralm_score queries who had no vector, or none of the feed's model."),
    AUDIENCES("1", "ralm_audience queries that a shard has begun."),
    COLD_CANDIDATES("1", "Candidates passed over because their block was made under another model."),
    UNEXPOSED_CANDIDATES(
            "1",
            "Candidates passed over because a query asked for exposure and they have no thresholds under the model."),
    INGESTED_DOCUMENTS("1", "Documents that went through the ingest processor."),
    INGEST_FAILURES("1", "Documents that the ingest processor refused."),
    INGEST_REJECTIONS("1", "Documents that it refused as there was no room for them (429), to be sent again."),
    CLICKS("1", "Clicks that went through the ingest processor."),
    CLICK_FAILURES("1", "Clicks that the ingest processor refused."),
    CLICK_REJECTIONS("1", "Clicks that it refused as there was no room for them (429), to be sent again."),
    CLICKS_OF_UNKNOWN_USERS("1", "Clicks that were stored without a vector, as their users had none."),
    USER_CACHE_BYTES(Kind.GAUGE, "By", "Bytes of the vectors in memory, of users who clicked lately."),
    USER_CACHE_HITS("1", "How often the vector of a user who clicked was in memory."),
    USER_CACHE_MISSES("1", "How often it was not."),
    USER_CACHE_EVICTIONS("1", "How often a vector had to go to make room for another, or had expired."),
    UNKNOWN_USERS("1", "Seed users whose vector was not in the users index."),
    SEEDS_ADDED("1", "Seed users added to candidates."),
    REFRESH_RUNS("1", "Cycles of the refresh task over the shards of a feed."),
    REFRESH_CPU_MILLIS("ms", "Processor time of the refresh task's threads."),
    REFRESH_UPDATED("1", "Candidates the refresh task has rewritten."),
    REFRESH_CONFLICTS(
            "1", "Candidates somebody else wrote while the refresh task wanted to; they are looked at again."),
    REFRESH_REJECTIONS(
            "1",
            "Candidates whose write the cluster rejected for load (429) or could not do (5xx); they are tried again."),
    REFRESH_POSTPONED(
            "1",
            "Candidates the refresh task passed over, as the circuit breaker had no room; they are looked at again."),
    REFRESH_MEMORY_BYTES(
            Kind.GAUGE,
            "By",
            "Bytes that the refresh task holds between its cycles: what it remembers of candidates, and "
                    + "samples of users."),
    BACKLOG_CLICKS(Kind.GAUGE, "1", "Clicks that wait to be counted, on the shards that this node refreshes."),
    REFRESH_ERRORS("1", "Cycles and writes of the refresh task that failed."),
    ROLLOUTS("1", "Changes of a feed's model that this node has brought to searches."),
    ROLLBACKS("1", "Changes of a feed's model that were taken back."),
    MEMORY_BYTES(Kind.GAUGE, "By", "Bytes that the circuit breaker of the plugin accounts for."),
    MEMORY_REFUSALS("1", "How often the circuit breaker of the plugin, or that of the whole node, refused it memory."),
    MODEL_CACHE_BYTES(Kind.GAUGE, "By", "Bytes of the models in memory."),
    MODEL_CACHE_HITS("1", "How often a model was in memory when asked for."),
    MODEL_CACHE_MISSES("1", "How often it was not."),
    MODEL_CACHE_EVICTIONS("1", "How often a model had to go to make room for another."),
    FEED_CACHE_BYTES(Kind.GAUGE, "By", "Bytes of the feeds in memory.");

    private final Kind kind;
    private final String unit;
    private final String description;

    private enum Kind {
        COUNTER,
        GAUGE
    }

    Stat(String unit, String description) {
        this(Kind.COUNTER, unit, description);
    }

    Stat(Kind kind, String unit, String description) {
        this.kind = kind;
        this.unit = unit;
        this.description = description;
    }

    /** Whether it tells of a state, so that it can fall; others are counted since the node began, and only grow. */
    public boolean isGauge() {
        return kind == Kind.GAUGE;
    }

    /** What it is counted in, as OpenTelemetry writes units: {@code 1}, {@code By} for bytes, {@code ms} or {@code ns}. */
    public String unit() {
        return unit;
    }

    /** What it is, in a sentence. */
    public String description() {
        return description;
    }

    /** The name in requests and answers. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
