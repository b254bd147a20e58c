package org.opensearch.ralm.plugin.health;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.opensearch.action.FailedNodeException;
import org.opensearch.cluster.ClusterState;
import org.opensearch.cluster.routing.IndexRoutingTable;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.ralm.plugin.feed.Feed;
import org.opensearch.ralm.plugin.feed.FeedApi;
import org.opensearch.ralm.plugin.feed.IndexMapping;
import org.opensearch.ralm.plugin.feed.SeedField;
import org.opensearch.ralm.plugin.feed.WriteBlocks;
import org.opensearch.ralm.plugin.refresh.FeedPulse;

/**
 * Finds what is not well, in the cluster's state and in what nodes tell: of clicks and memory any node, of models and
 * the refresh those with data. Used once.
 */
final class Examination {

    /** How many intervals clicks may wait without a cycle, and the least that this stands for. */
    static final int LATE_INTERVALS = 5;

    static final TimeValue LATE_AT_LEAST = TimeValue.timeValueSeconds(30);

    /** The share of cold candidates, or of clicks of unknown users, above which something is wrong. */
    private static final double MOST_COLD = 0.9;

    private static final double MOST_UNKNOWN = 0.5;

    /** Fewer candidates, or clicks, say nothing. */
    private static final int FEWEST_CANDIDATES = 100;

    private static final int FEWEST_CLICKS = 1_000;

    private final ClusterState state;
    private final List<NodeHealth> nodes;
    private final List<NodeHealth> dataNodes;
    private final List<Finding> findings = new ArrayList<>();

    Examination(ClusterState state, List<NodeHealth> nodes) {
        this.state = state;
        this.nodes = nodes;
        this.dataNodes =
                nodes.stream().filter(node -> node.getNode().isDataNode()).toList();
    }

    /**
     * What was found.
     *
     * @param request knows the feeds
     * @param isOn whether the plugin is switched on
     */
    List<Finding> of(HealthRequest request, List<FailedNodeException> failures, boolean isOn) {
        Map<String, Feed> feeds = request.feeds();
        if (isOn == false) {
            find(Reason.PLUGIN_OFF, null, "the plugin is switched off");
        }
        if (request.fault() != null) {
            find(Reason.FEEDS_UNREADABLE, null, "index [" + FeedApi.INDEX.getIndexPattern() + "]: " + request.fault());
        }
        failures.forEach(failure -> find(Reason.NODE_FAILED, null, failure.nodeId() + ": " + failure.getMessage()));
        if (feeds.isEmpty() == false) {
            examineCluster(isOn);
        }
        new TreeMap<>(feeds).values().forEach(feed -> examine(feed, isOn));
        return findings;
    }

    private void examineCluster(boolean isOn) {
        if (state.nodes().getIngestNodes().isEmpty()) {
            find(Reason.NO_INGEST_NODE, null, "no node has the role [ingest]");
        }
        String refusing = names(nodes, NodeHealth.Signs::refusedMemory);
        if (refusing.isEmpty() == false) {
            find(Reason.MEMORY_REFUSED, null, "within the last ten minutes on " + refusing);
        }
        String paused = names(dataNodes, NodeHealth.Signs::paused);
        if (isOn && paused.isEmpty() == false) {
            find(Reason.REFRESH_PAUSED, null, "on " + paused);
        }
        long clicks = sum(node -> node.signs().clicks());
        long unknown = sum(node -> node.signs().unknownClicks());
        if (clicks >= FEWEST_CLICKS && unknown > MOST_UNKNOWN * clicks) {
            find(Reason.UNKNOWN_USERS, null, unknown + " of " + clicks + " clicks since the nodes began");
        }
    }

    private void examine(Feed feed, boolean isOn) {
        examineIndex(Reason.USERS_INDEX_MISSING, feed, feed.users());
        examineIndex(Reason.CANDIDATES_INDEX_MISSING, feed, feed.candidates());
        examineBlocks(feed, feed.candidates());
        if (IndexMapping.exists(state.metadata(), feed.candidates())) {
            examineCandidates(feed);
        }
        if (feed.hasClicks()) {
            examineIndex(Reason.CLICKS_INDEX_MISSING, feed, feed.clicks());
            examineBlocks(feed, feed.clicks());
            examinePipeline(feed, feed.clicks(), "ralm_clicks");
        }
        examinePipeline(feed, feed.candidates(), "ralm_seeds");
        if (isOn) {
            examineNodes(feed);
        }
    }

    private void examineIndex(Reason whenMissing, Feed feed, String index) {
        if (IndexMapping.exists(state.metadata(), index) == false) {
            find(whenMissing, feed, "there is no index [" + index + "]");
            return;
        }
        state.metadata().getIndicesLookup().get(index).getIndices().forEach(concrete -> {
            IndexRoutingTable routing = state.routingTable().index(concrete.getIndex());
            if (routing != null && routing.allPrimaryShardsActive() == false) {
                find(Reason.INDEX_RED, feed, "index [" + concrete.getIndex().getName() + "] lacks a primary shard");
            }
        });
    }

    private void examineBlocks(Feed feed, String index) {
        WriteBlocks.of(state, index).forEach(block -> find(Reason.INDEX_BLOCKED, feed, block));
    }

    private void examineCandidates(Feed feed) {
        try {
            SeedField.dimension(state.metadata(), feed.candidates(), feed.field());
        } catch (IllegalArgumentException e) {
            find(Reason.SEEDS_FIELD_MISSING, feed, e.getMessage());
        }
    }

    private void examinePipeline(Feed feed, String index, String processor) {
        if (IndexMapping.exists(state.metadata(), index)
                && new Pipelines(state.metadata()).run(index, processor, feed.name()) == false) {
            find(
                    Reason.PIPELINE_MISSING,
                    feed,
                    "no pipeline of index [" + index + "] has the processor [" + processor + "] of this feed");
        }
    }

    private void examineNodes(Feed feed) {
        String withoutModel = names(dataNodes, signs -> signs.missingModels().contains(feed.name()));
        if (withoutModel.isEmpty() == false) {
            find(Reason.MODEL_NOT_LOADED, feed, "model [" + feed.model() + "] is not in the memory of " + withoutModel);
        }
        List<FeedPulse> pulses = dataNodes.stream()
                .map(node -> node.signs().pulses().getOrDefault(feed.name(), FeedPulse.NONE))
                .toList();
        long idle = pulses.stream().mapToLong(FeedPulse::idleMillis).max().orElse(0);
        long late = Math.max(
                LATE_AT_LEAST.millis(),
                LATE_INTERVALS * feed.refresh().interval().millis());
        if (idle > late) {
            find(
                    Reason.REFRESH_LATE,
                    feed,
                    "clicks wait, and the last cycle began " + TimeValue.timeValueMillis(idle) + " ago");
        }
        first(pulses, FeedPulse::error).ifPresent(error -> find(Reason.REFRESH_FAILING, feed, error));
        first(pulses, FeedPulse::exposureProblem)
                .filter(problem -> feed.refresh().exposureSample() > 0)
                .ifPresent(problem -> find(Reason.EXPOSURE_UNKNOWN, feed, problem));
        long warm = pulses.stream().mapToLong(FeedPulse::warm).sum();
        long cold = pulses.stream().mapToLong(FeedPulse::cold).sum();
        if (warm + cold >= FEWEST_CANDIDATES && cold > MOST_COLD * (warm + cold)) {
            find(Reason.MOSTLY_COLD, feed, cold + " of " + (warm + cold) + " candidates");
        }
    }

    private static Optional<String> first(List<FeedPulse> pulses, Function<FeedPulse, String> text) {
        return pulses.stream().map(text).filter(Objects::nonNull).findFirst();
    }

    private static String names(List<NodeHealth> among, Predicate<NodeHealth.Signs> sign) {
        return among.stream()
                .filter(node -> sign.test(node.signs()))
                .map(node -> "[" + node.getNode().getName() + "]")
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private long sum(ToLongFunction<NodeHealth> number) {
        return nodes.stream().mapToLong(number).sum();
    }

    private void find(Reason reason, Feed feed, String detail) {
        findings.add(new Finding(reason, feed == null ? null : feed.name(), detail));
    }
}
