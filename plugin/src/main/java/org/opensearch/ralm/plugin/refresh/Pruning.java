package org.opensearch.ralm.plugin.refresh;

import java.util.Optional;
import org.opensearch.index.shard.IndexShard;
import org.opensearch.index.shard.IndexShardState;

/** Takes what is of a slot out of one shard, a bounded number of documents a cycle, and says how far that is. */
abstract class Pruning implements ShardRefresh {

    private final IndexShard shard;
    private volatile ShardProgress progress;

    Pruning(IndexShard shard) {
        this.shard = shard;
    }

    /** To be called when a cycle is done: how many clicks or candidates there are in all, and how many are done. */
    final void tell(long clicks, long clicksDone, long candidates, long candidatesDone, boolean ready) {
        progress = new ShardProgress(
                shard.shardId().getIndexName(),
                shard.shardId().id(),
                clicks,
                clicksDone,
                candidates,
                candidatesDone,
                ready);
    }

    @Override
    public final IndexShard shard() {
        return shard;
    }

    @Override
    public final Optional<ShardStatus> status() {
        return Optional.empty();
    }

    @Override
    public final Optional<ShardProgress> progress() {
        return shard.state() == IndexShardState.STARTED && shard.routingEntry().primary()
                ? Optional.ofNullable(progress)
                : Optional.empty();
    }

    @Override
    public final long bytes() {
        return 0;
    }

    @Override
    public final void close() {}
}
