package org.opensearch.ralm.plugin.health;

import static org.opensearch.ralm.plugin.health.HealthStatus.RED;
import static org.opensearch.ralm.plugin.health.HealthStatus.YELLOW;

import java.util.Locale;

/** The contract of the reasons: every one there is, how bad it is, and what to do. */
enum Reason {
    PLUGIN_OFF(YELLOW, "set [plugins.ralm.enabled] to true when queries and refresh are to work again"),
    FEEDS_UNREADABLE(RED, "see _cluster/health of [.plugins-ralm-feeds]: what feeds there are is not known without it"),
    NODE_FAILED(YELLOW, "see the log of the node; its part is not in this answer"),
    NO_INGEST_NODE(RED, "give a node the role [ingest]: neither clicks nor candidates can be written without one"),
    MEMORY_REFUSED(YELLOW, "raise [breaker.ralm.limit] or the heap, or lower [sample_size] and [max_seed_users]"),
    REFRESH_PAUSED(YELLOW, "set [plugins.ralm.refresh.enabled] to true when clicks are to count again"),
    UNKNOWN_USERS(YELLOW, "most clicks are of users without a vector: publish users to the users index"),
    USERS_INDEX_MISSING(RED, "publish users, or make the index with _setup: nobody can be looked up"),
    CANDIDATES_INDEX_MISSING(YELLOW, "make it with _setup"),
    CLICKS_INDEX_MISSING(YELLOW, "make it with _setup"),
    SEEDS_FIELD_MISSING(RED, "add the field with _setup: candidates cannot be scored"),
    INDEX_RED(RED, "see _cluster/allocation/explain: a primary is not there"),
    INDEX_BLOCKED(
            YELLOW,
            "nothing is counted meanwhile: free disk space where a flood stage has set the block, then remove it"),
    PIPELINE_MISSING(
            YELLOW, "set [index.default_pipeline] to one that _setup makes, unless all writes name their pipeline"),
    MODEL_NOT_LOADED(YELLOW, "wait a moment, or see the log for why it cannot be loaded: scripts are refused there"),
    REFRESH_LATE(YELLOW, "see _status of the feed: more data nodes or shards of clicks, or a longer interval"),
    REFRESH_FAILING(YELLOW, "see _status of the feed"),
    MOSTLY_COLD(YELLOW, "more than 90 % of the candidates have too few seeds: look at [min_seeds] and at the clicks"),
    EXPOSURE_UNKNOWN(
            YELLOW, "publish users of the feed's model, add the field with _setup, or set [exposure_sample] 0");

    private final HealthStatus status;
    private final String advice;

    Reason(HealthStatus status, String advice) {
        this.status = status;
        this.advice = advice;
    }

    HealthStatus status() {
        return status;
    }

    String advice() {
        return advice;
    }

    /** The stable code in answers. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
