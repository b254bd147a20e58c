package org.opensearch.ralm.plugin.refresh;

import java.io.IOException;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.common.io.stream.Writeable;
import org.opensearch.ralm.plugin.system.Wire;

/**
 * How a node stands with the exposure thresholds of a feed.
 *
 * @param users how many users are in its sample
 * @param problem why candidates are not given thresholds, or not those of new users; null if they are
 */
record ExposureStatus(int users, String problem) implements Writeable {

    /** Where nothing was to be given any yet. */
    static final ExposureStatus NONE = new ExposureStatus(0, null);

    /** Reads it from the wire. */
    static ExposureStatus read(StreamInput in) throws IOException {
        StreamInput members = Wire.open(in, "status of exposure");
        return new ExposureStatus(members.readVInt(), members.readOptionalString());
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        Wire.write(out, members -> {
            members.writeVInt(users);
            members.writeOptionalString(problem);
        });
    }
}
