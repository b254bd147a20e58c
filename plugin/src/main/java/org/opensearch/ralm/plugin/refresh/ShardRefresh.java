package org.opensearch.ralm.plugin.refresh;

import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.opensearch.index.shard.IndexShard;

/** The refresh of candidates by what one local primary holds, cycle by cycle; one thread at a time. */
interface ShardRefresh extends AutoCloseable {

    /** The primary. */
    IndexShard shard();

    /**
     * Runs one cycle; may wait for answers of other nodes.
     *
     * @param candidates the indices of the candidates that may be written to
     * @param recluster whether to cluster the seeds of all candidates, whatever the rules say
     * @param isCancelled asked between batches
     */
    void run(Set<String> candidates, boolean recluster, BooleanSupplier isCancelled) throws Exception;

    /** How far it was at the end of the last cycle; safe to call from any thread. */
    Optional<ShardStatus> status();

    /** What it holds of the memory between cycles; safe to call from any thread. */
    long bytes();

    /** What the last cycle found there is to do, and has done; safe to call from any thread. */
    Optional<ShardProgress> progress();

    @Override
    void close();
}
