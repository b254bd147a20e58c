package org.opensearch.ralm.plugin.refresh;

import java.util.List;

/**
 * How far one node is with the slot of a feed beside the one that searches go by.
 *
 * @param shards the shards that have had a cycle
 * @param problem why the last cycle failed, or will not do for searches; null if all is well
 */
public record BesideProgress(List<ShardProgress> shards, String problem) {}
