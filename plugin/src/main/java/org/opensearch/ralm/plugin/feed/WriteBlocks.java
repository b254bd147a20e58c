package org.opensearch.ralm.plugin.feed;

import java.util.List;
import java.util.stream.Collectors;
import org.opensearch.cluster.ClusterState;
import org.opensearch.cluster.block.ClusterBlock;
import org.opensearch.cluster.block.ClusterBlockLevel;

/** What keeps indices from being written to, such as a disk that is all but full, in words for an admin. */
public final class WriteBlocks {

    private WriteBlocks() {}

    /**
     * A sentence for each open index that must not be written to.
     *
     * @param name of an index, alias or data stream, which need not exist
     */
    public static List<String> of(ClusterState state, String name) {
        return IndexMapping.openIndices(state.metadata(), name).stream()
                .map(index -> index.getIndex().getName())
                .filter(index -> state.blocks().indexBlocked(ClusterBlockLevel.WRITE, index))
                .map(index -> "index [" + index + "] must not be written to: " + blocks(state, index))
                .toList();
    }

    private static String blocks(ClusterState state, String index) {
        return state.blocks().indexBlockedException(ClusterBlockLevel.WRITE, index).blocks().stream()
                .map(ClusterBlock::description)
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
