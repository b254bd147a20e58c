package org.opensearch.ralm.plugin.refresh;

import java.io.IOException;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.common.io.stream.Writeable;

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
    ExposureStatus(StreamInput in) throws IOException {
        this(in.readVInt(), in.readOptionalString());
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeVInt(users);
        out.writeOptionalString(problem);
    }
}
