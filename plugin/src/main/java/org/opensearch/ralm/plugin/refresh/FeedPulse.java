package org.opensearch.ralm.plugin.refresh;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.common.io.stream.Writeable;
import org.opensearch.ralm.plugin.system.Wire;

/**
 * How one node stands with the refresh of a feed, in a few numbers.
 *
 * @param idleMillis how long ago the oldest last cycle of a shard of clicks that has waiting ones began; 0 if none waits
 * @param warm candidates with enough seeds
 * @param cold candidates with too few
 * @param error why the last cycle failed, of a shard or as a whole, or none could begin; null if all is well
 * @param exposureProblem what stands in the way of exposure thresholds; null if nothing does
 */
public record FeedPulse(long idleMillis, long warm, long cold, String error, String exposureProblem)
        implements Writeable {

    /** Of a node that has no shard of the feed's clicks. */
    public static final FeedPulse NONE = new FeedPulse(0, 0, 0, null, null);

    /** What shards tell; and, where none of them tells an error, the failure of the cycle as a whole. */
    static FeedPulse of(List<ShardStatus> shards, ExposureStatus exposure, String failure, Instant now) {
        long idle = 0;
        for (ShardStatus shard : shards) {
            if (shard.waitingClicks() > 0) {
                idle = Math.max(idle, Duration.between(shard.last().at(), now).toMillis());
            }
        }
        return new FeedPulse(
                idle,
                shards.stream().mapToLong(ShardStatus::warm).sum(),
                shards.stream().mapToLong(ShardStatus::cold).sum(),
                shards.stream()
                        .map(shard -> shard.last().error())
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(failure),
                exposure.problem());
    }

    /** Reads it from the wire. */
    public static FeedPulse read(StreamInput in) throws IOException {
        StreamInput members = Wire.open(in, "pulse of a feed");
        return new FeedPulse(
                members.readVLong(),
                members.readVLong(),
                members.readVLong(),
                members.readOptionalString(),
                members.readOptionalString());
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        Wire.write(out, members -> {
            members.writeVLong(Math.max(0, idleMillis));
            members.writeVLong(warm);
            members.writeVLong(cold);
            members.writeOptionalString(error);
            members.writeOptionalString(exposureProblem);
        });
    }
}
