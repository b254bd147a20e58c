package org.opensearch.ralm.trainer.live;

/**
 * What a cluster said of a click it has stored.
 *
 * @param seqNo the operation's sequence number in its shard
 * @param created whether the user is new to the candidate; false if the click replaced an earlier one
 */
public record Acknowledgement(long seqNo, boolean created) {}
