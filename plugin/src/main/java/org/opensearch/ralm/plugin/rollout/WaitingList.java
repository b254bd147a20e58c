package org.opensearch.ralm.plugin.rollout;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.opensearch.ExceptionsHelper;
import org.opensearch.action.FailedNodeException;
import org.opensearch.cluster.ClusterState;
import org.opensearch.cluster.metadata.IndexMetadata;
import org.opensearch.ralm.plugin.feed.Feed;
import org.opensearch.ralm.plugin.feed.IndexMapping;
import org.opensearch.ralm.plugin.feed.WriteBlocks;
import org.opensearch.ralm.plugin.refresh.ShardProgress;

/**
 * What keeps the slot beside the one that searches go by from being filled, or emptied, in words for an admin: every open
 * shard of candidates and clicks must have had a cycle that left nothing to do, on the node that has the primary.
 */
final class WaitingList {

    private final Feed feed;
    private final ClusterState state;
    private final List<String> reasons = new ArrayList<>();

    private record Shard(String index, int number) {}

    private WaitingList(Feed feed, ClusterState state) {
        this.feed = feed;
        this.state = state;
    }

    /** Puts the answers of all nodes together. */
    static List<String> of(Feed feed, ClusterState state, List<NodeRollout> nodes, List<FailedNodeException> failures) {
        if (feed.beside().isEmpty()) {
            return List.of();
        }
        WaitingList list = new WaitingList(feed, state);
        if (feed.isTwofold()) {
            list.addNodes(nodes, failures);
            list.addUsers();
        }
        list.addProblems(nodes);
        list.addShards(nodes);
        return list.reasons;
    }

    private void addNodes(List<NodeRollout> nodes, List<FailedNodeException> failures) {
        for (FailedNodeException failure : failures) {
            reasons.add("node [" + failure.nodeId() + "] does not answer: "
                    + ExceptionsHelper.unwrapCause(failure.getCause() == null ? failure : failure.getCause())
                            .getMessage());
        }
        for (NodeRollout node : nodes) {
            if (node.isLoaded() == false) {
                reasons.add("node [" + node.getNode().getName() + "] has not loaded model ["
                        + feed.rollout().model() + "] yet");
            }
        }
    }

    private void addProblems(List<NodeRollout> nodes) {
        for (NodeRollout node : nodes) {
            if (node.problem() != null) {
                reasons.add("node [" + node.getNode().getName() + "]: " + node.problem());
            }
        }
    }

    private void addUsers() {
        if (IndexMapping.exists(state.metadata(), feed.rollout().users()) == false) {
            reasons.add("users index [" + feed.rollout().users() + "] does not exist");
        }
    }

    private void addShards(List<NodeRollout> nodes) {
        Set<Shard> done = new HashSet<>();
        for (NodeRollout node : nodes) {
            for (ShardProgress shard : node.shards()) {
                if (shard.complete()) {
                    done.add(new Shard(shard.index(), shard.shard()));
                }
            }
        }
        addShards(feed.candidates(), done);
        if (feed.hasClicks()) {
            addShards(feed.clicks(), done);
        }
    }

    private void addShards(String name, Set<Shard> done) {
        for (IndexMetadata index : IndexMapping.openIndices(state.metadata(), name)) {
            String open = index.getIndex().getName();
            long missing = 0;
            for (int shard = 0; shard < index.getNumberOfShards(); shard++) {
                missing += done.contains(new Shard(open, shard)) ? 0 : 1;
            }
            if (missing > 0) {
                reasons.add(missing + " of " + index.getNumberOfShards() + " shards of [" + open + "]");
                reasons.addAll(WriteBlocks.of(state, open));
            }
        }
    }
}
