package org.opensearch.ralm.trainer.bench.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** Says what an answer to one query is. */
final class Verdict {

    private static final int OK = 200;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;

    /** What OpenSearch calls it when no copy of a shard runs, or its node has just gone, or the cluster has not formed. */
    private static final Set<String> NOTHING_TO_ASK = Set.of(
            "node_not_connected_exception",
            "node_disconnected_exception",
            "no_shard_available_action_exception",
            "unavailable_shards_exception",
            "cluster_block_exception",
            "cluster_manager_not_discovered_exception",
            "master_not_discovered_exception");

    private Verdict() {}

    /**
     * The outcome of a query.
     *
     * @param status the HTTP status, or that of one answer of several
     * @param during whether there is a fault, or its traces are not gone yet
     */
    static Outcome of(int status, JsonNode answer, boolean during) {
        if (status == TOO_MANY_REQUESTS) {
            return Outcome.REFUSED;
        }
        if (status == UNAVAILABLE) {
            return during ? Outcome.UNAVAILABLE : Outcome.FAILED;
        }
        if (status != OK || answer.path("timed_out").asBoolean()) {
            return Outcome.FAILED;
        }
        Outcome worst = Outcome.ANSWERED;
        for (JsonNode failure : answer.at("/_shards/failures")) {
            Outcome outcome = ofShard(failure.at("/reason/type").asText(), during);
            worst = outcome.compareTo(worst) > 0 ? outcome : worst;
        }
        boolean unexplained =
                worst == Outcome.ANSWERED && answer.at("/_shards/failed").asInt(1) > 0;
        return unexplained ? (during ? Outcome.UNAVAILABLE : Outcome.FAILED) : worst;
    }

    private static Outcome ofShard(String type, boolean during) {
        return switch (type) {
            case "circuit_breaking_exception",
                    "rejected_execution_exception",
                    "opensearch_rejected_execution_exception" -> Outcome.REFUSED;
            default -> during && NOTHING_TO_ASK.contains(type) ? Outcome.UNAVAILABLE : Outcome.FAILED;
        };
    }
}
