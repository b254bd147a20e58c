package org.opensearch.ralm.dashboards;

import java.util.List;

/** Whether the candidates keep up with the clicks, and what the nodes do for it. */
final class FeedHealth {

    private final Source cycles;
    private final Source nodes;

    FeedHealth(Sources sources) {
        cycles = sources.cycles();
        nodes = sources.nodes();
    }

    Dashboard dashboard() {
        return new Dashboard(
                "Feed health",
                "Whether the candidates keep up with the clicks, and what the nodes do for it.",
                List.of(
                        staleness(),
                        backlog(),
                        refreshTime(),
                        counted(),
                        coldShare(),
                        cacheHits(),
                        traffic(),
                        latency(),
                        memory(),
                        rejected(),
                        refused(),
                        errors()));
    }

    private Panel staleness() {
        return new Panel(
                "Staleness",
                "From a click's arrival to its being counted, over the shards.",
                16,
                TimeChart.of(
                        cycles,
                        "seconds",
                        ",.1f",
                        Series.of("p50", "avg", "staleness_p50_s"),
                        Series.of("p99", "max", "staleness_p99_s")));
    }

    private Panel backlog() {
        return new Panel(
                "Backlog",
                "What waits to be counted, on all shards together.",
                16,
                TimeChart.ofCounts(
                        cycles,
                        "waiting",
                        Series.total("clicks", "backlog_clicks", "shard"),
                        Series.total("candidates", "backlog_candidates", "shard")));
    }

    private Panel refreshTime() {
        return new Panel(
                "Refresh time",
                "How long a cycle of the refresh took on a shard.",
                16,
                TimeChart.of(
                        cycles,
                        "seconds",
                        ",.2f",
                        Series.of("mean", "avg", "seconds"),
                        Series.of("longest", "max", "seconds")));
    }

    private Panel counted() {
        return new Panel(
                "Work of the refresh",
                "What the cycles have counted and written.",
                16,
                TimeChart.ofCounts(
                        cycles,
                        "in each span of time",
                        Series.of("clicks counted", "sum", "clicks"),
                        Series.of("candidates written", "sum", "written"),
                        Series.of("clustered from scratch", "sum", "reclustered")));
    }

    private Panel coldShare() {
        return new Panel(
                "Cold share",
                "Candidates with fewer seeds than min_seeds, of all that have seeds.",
                16,
                TimeChart.of(cycles, "share of candidates", "~%", Series.share("cold", "cold", "warm")));
    }

    private Panel cacheHits() {
        return new Panel(
                "Cache hits",
                "How often what was needed was in a node's memory.",
                16,
                TimeChart.of(
                        nodes,
                        "hits of look-ups",
                        "~%",
                        Series.share("vectors of users", "stats.user_cache_hits", "stats.user_cache_misses"),
                        Series.share("models", "stats.model_cache_hits", "stats.model_cache_misses")));
    }

    private Panel traffic() {
        return new Panel(
                "Traffic",
                "What a node has to do: shards that ralm_score searched, and clicks taken in.",
                16,
                TimeChart.ofCounts(
                        nodes,
                        "a second and node",
                        Series.ratio("searches of a shard", "stats.queries", "seconds"),
                        Series.ratio("clicks", "stats.clicks", "seconds")));
    }

    private Panel latency() {
        return new Panel(
                "Time of searches",
                "How long ralm_score took on a shard.",
                16,
                TimeChart.of(
                        nodes,
                        "milliseconds",
                        ",.1f",
                        Series.ratio("mean", "stats.query_nanos", "stats.query_phases")
                                .in(1_000_000)));
    }

    private Panel memory() {
        return new Panel(
                "Memory",
                "What the circuit breaker of a node accounts for, and the refresh's part of it.",
                16,
                TimeChart.of(
                        nodes,
                        "MB",
                        ",.1f",
                        Series.of("all", "max", "stats.memory_bytes").in(1 << 20),
                        Series.of("refresh", "max", "stats.refresh_memory_bytes")
                                .in(1 << 20)));
    }

    private Panel rejected() {
        return new Panel(
                "Rejected writes, for load",
                "What was turned away with 429, or had to wait, for want of memory or threads; to be sent again.",
                16,
                TimeChart.ofCounts(
                        nodes,
                        "in each span of time",
                        Series.of("clicks", "sum", "stats.click_rejections"),
                        Series.of("candidates", "sum", "stats.ingest_rejections"),
                        Series.of("refresh", "sum", "stats.refresh_rejections"),
                        Series.of("memory", "sum", "stats.memory_refusals")));
    }

    private Panel refused() {
        return new Panel(
                "Refused writes, for their faults",
                "Clicks and candidates with faults, and clicks of users without a vector.",
                16,
                TimeChart.ofCounts(
                        nodes,
                        "in each span of time",
                        Series.of("clicks", "sum", "stats.click_failures"),
                        Series.of("candidates", "sum", "stats.ingest_failures"),
                        Series.of("of unknown users", "sum", "stats.clicks_of_unknown_users")));
    }

    private Panel errors() {
        return new Panel(
                "Errors of the refresh",
                "Cycles and writes that failed, and writes that somebody else was ahead of.",
                16,
                TimeChart.ofCounts(
                        nodes,
                        "in each span of time",
                        Series.of("errors", "sum", "stats.refresh_errors"),
                        Series.of("conflicts", "sum", "stats.refresh_conflicts"),
                        Series.of("postponed", "sum", "stats.refresh_postponed")));
    }
}
