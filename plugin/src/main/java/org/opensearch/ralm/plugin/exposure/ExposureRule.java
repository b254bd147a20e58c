package org.opensearch.ralm.plugin.exposure;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.common.io.stream.Writeable;
import org.opensearch.core.xcontent.ToXContentObject;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.ralm.plugin.system.ShownValue;
import org.opensearch.ralm.plugin.system.Wire;

/**
 * To which part of all users, the best for it, a candidate is to be shown.
 *
 * @param topPercent the part in percent, above 0, at most 100
 */
public record ExposureRule(double topPercent) implements Writeable, ToXContentObject {

    private static final String TOP_PERCENT = "top_percent";

    /** Refuses a part that is not one. */
    public ExposureRule {
        requirePercent(topPercent, topPercent);
    }

    /** Reads it from the wire. */
    public static ExposureRule read(StreamInput in) throws IOException {
        StreamInput members = Wire.open(in, "exposure");
        return new ExposureRule(members.readDouble());
    }

    /**
     * Reads the value of a member {@code exposure}.
     *
     * @param value null if there is none
     * @return null if there is none
     * @throws IllegalArgumentException naming the member, its value and what was expected
     */
    public static ExposureRule of(Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof Map<?, ?> members && members.keySet().equals(Set.of(TOP_PERCENT))) {
            return new ExposureRule(percent(members.get(TOP_PERCENT)));
        }
        throw new IllegalArgumentException("[exposure] must be an object with the one member [" + TOP_PERCENT
                + "], but is [" + ShownValue.of(value) + "]");
    }

    /**
     * Reads the value of a member {@code top_percent}.
     *
     * @throws IllegalArgumentException naming the member, its value and what was expected
     */
    public static double percent(Object value) {
        double percent = value instanceof Number number ? number.doubleValue() : Double.NaN;
        requirePercent(percent, value);
        return percent;
    }

    private static void requirePercent(double percent, Object value) {
        if ((percent > 0 && percent <= 100) == false) {
            throw new IllegalArgumentException("[" + TOP_PERCENT + "] must be a number above 0, at most 100, but is ["
                    + ShownValue.of(value) + "]");
        }
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        Wire.write(out, members -> members.writeDouble(topPercent));
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        return builder.startObject().field(TOP_PERCENT, topPercent).endObject();
    }
}
