package org.opensearch.ralm.plugin.refresh;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.opensearch.common.settings.Settings;
import org.opensearch.core.index.shard.ShardId;
import org.opensearch.index.shard.IndexEventListener;
import org.opensearch.index.shard.IndexShard;
import org.opensearch.index.shard.IndexShardState;

/** The shards of this node, to find those that are started primaries just now. Safe for use by several threads. */
public final class LocalPrimaries implements IndexEventListener {

    private final Map<ShardId, IndexShard> shards = new ConcurrentHashMap<>();

    @Override
    public void afterIndexShardStarted(IndexShard shard) {
        shards.put(shard.shardId(), shard);
    }

    @Override
    public void beforeIndexShardClosed(ShardId shardId, IndexShard shard, Settings settings) {
        shards.remove(shardId);
    }

    List<IndexShard> of(Set<String> indices) {
        return shards.values().stream()
                .filter(shard -> indices.contains(shard.shardId().getIndexName()))
                .filter(shard -> shard.state() == IndexShardState.STARTED)
                .filter(shard -> shard.routingEntry().primary() && shard.isRelocatedPrimary() == false)
                .toList();
    }
}
