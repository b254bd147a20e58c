package org.opensearch.ralm.plugin.feed;

import java.io.IOException;
import java.util.Map;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.common.io.stream.Writeable;
import org.opensearch.core.xcontent.ToXContentFragment;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.ralm.plugin.system.Wire;

/**
 * How often candidates are brought up to date with their clicks.
 *
 * @param interval how long new clicks wait at most until they are taken in, at least 1s
 * @param reclusterInterval how long a candidate's running means may move until its seeds are clustered afresh, at least
 *     {@code interval}
 * @param growth the share of new seeds that has them clustered before that, above 0, at most 10
 * @param exposureSample by how many users the exposure thresholds of candidates are made, at most
 *     {@value #LARGEST_EXPOSURE_SAMPLE}; 0 for no thresholds
 */
public record RefreshRules(TimeValue interval, TimeValue reclusterInterval, double growth, int exposureSample)
        implements Writeable, ToXContentFragment {

    /** What holds where a feed says nothing else. */
    public static final RefreshRules DEFAULT =
            new RefreshRules(TimeValue.timeValueMinutes(1), TimeValue.timeValueMinutes(5), 0.5);

    /** As many as a search may answer with. */
    static final int LARGEST_EXPOSURE_SAMPLE = 10_000;

    private static final int EXPOSURE_SAMPLE = 1_000;

    /** Rules with the usual sample for exposure thresholds. */
    public RefreshRules(TimeValue interval, TimeValue reclusterInterval, double growth) {
        this(interval, reclusterInterval, growth, EXPOSURE_SAMPLE);
    }

    /** Reads them from the wire. */
    public static RefreshRules read(StreamInput in) throws IOException {
        StreamInput members = Wire.open(in, "rules of refresh");
        return new RefreshRules(
                members.readTimeValue(), members.readTimeValue(), members.readDouble(), members.readVInt());
    }

    /** Reads them from the source of a feed; one stored before a member was known has its default. */
    static RefreshRules ofSource(Map<String, Object> source) {
        return new RefreshRules(
                time(source, "refresh_interval", DEFAULT.interval),
                time(source, "recluster_interval", DEFAULT.reclusterInterval),
                source.get("growth") instanceof Number number ? number.doubleValue() : DEFAULT.growth,
                source.get("exposure_sample") instanceof Number number ? number.intValue() : DEFAULT.exposureSample);
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        Wire.write(out, members -> {
            members.writeTimeValue(interval);
            members.writeTimeValue(reclusterInterval);
            members.writeDouble(growth);
            members.writeVInt(exposureSample);
        });
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        return builder.field("refresh_interval", interval.getStringRep())
                .field("recluster_interval", reclusterInterval.getStringRep())
                .field("growth", growth)
                .field("exposure_sample", exposureSample);
    }

    private static TimeValue time(Map<String, Object> source, String member, TimeValue byDefault) {
        return source.get(member) instanceof String text ? TimeValue.parseTimeValue(text, member) : byDefault;
    }
}
