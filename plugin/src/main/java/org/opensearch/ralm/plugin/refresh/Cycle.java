package org.opensearch.ralm.plugin.refresh;

import java.io.IOException;
import java.time.Instant;
import org.opensearch.ExceptionsHelper;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.common.io.stream.Writeable;
import org.opensearch.core.xcontent.ToXContentObject;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.ralm.plugin.system.Wire;

/**
 * What one cycle over a shard did.
 *
 * @param at when it began
 * @param seconds how long it took
 * @param clicks clicks counted for the first time
 * @param candidates candidates looked at
 * @param written those of them that were written
 * @param reclustered those of them whose seeds were clustered from scratch
 * @param conflicts those that somebody else wrote meanwhile
 * @param trimmed clicks deleted because the candidate has enough newer ones
 * @param resolved clicks that were given a vector
 * @param error why the cycle, or a write in it, failed; null if nothing did
 */
record Cycle(
        Instant at,
        double seconds,
        long clicks,
        long candidates,
        long written,
        long reclustered,
        long conflicts,
        long trimmed,
        long resolved,
        String error)
        implements Writeable, ToXContentObject {

    /** Reads it from the wire. */
    static Cycle read(StreamInput in) throws IOException {
        StreamInput members = Wire.open(in, "cycle");
        return new Cycle(
                members.readInstant(),
                members.readDouble(),
                members.readVLong(),
                members.readVLong(),
                members.readVLong(),
                members.readVLong(),
                members.readVLong(),
                members.readVLong(),
                members.readVLong(),
                members.readOptionalString());
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        Wire.write(out, members -> {
            members.writeInstant(at);
            members.writeDouble(seconds);
            members.writeVLong(clicks);
            members.writeVLong(candidates);
            members.writeVLong(written);
            members.writeVLong(reclustered);
            members.writeVLong(conflicts);
            members.writeVLong(trimmed);
            members.writeVLong(resolved);
            members.writeOptionalString(error);
        });
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        builder.startObject();
        fields(builder);
        return builder.endObject();
    }

    /** Writes the members alone. */
    void fields(XContentBuilder builder) throws IOException {
        builder.field("at", at.toString())
                .field("seconds", seconds)
                .field("clicks", clicks)
                .field("candidates", candidates)
                .field("written", written)
                .field("reclustered", reclustered)
                .field("conflicts", conflicts)
                .field("trimmed", trimmed)
                .field("resolved", resolved);
        if (error != null) {
            builder.field("error", error);
        }
    }

    /** Adds up a cycle while it runs. Used by one thread at a time. */
    static final class Tally {

        private final Instant at = Instant.now();
        private final long begin = System.nanoTime();
        private long clicks;
        private long candidates;
        private long written;
        private long reclustered;
        private long conflicts;
        private long trimmed;
        private long resolved;
        private String error;

        void candidate(int newClicks) {
            candidates++;
            clicks += newClicks;
        }

        void written(boolean fromScratch) {
            written++;
            reclustered += fromScratch ? 1 : 0;
        }

        void conflict() {
            conflicts++;
        }

        void trimmed(int count) {
            trimmed += count;
        }

        void resolved(int count) {
            resolved += count;
        }

        /** Whether no click was given a vector, so that another cycle would find none that is new to it. */
        boolean isSettled() {
            return resolved == 0;
        }

        void error(Exception e) {
            error = ExceptionsHelper.unwrapCause(e).toString();
        }

        Cycle cycle() {
            double seconds = (System.nanoTime() - begin) / 1e9;
            return new Cycle(
                    at, seconds, clicks, candidates, written, reclustered, conflicts, trimmed, resolved, error);
        }
    }
}
