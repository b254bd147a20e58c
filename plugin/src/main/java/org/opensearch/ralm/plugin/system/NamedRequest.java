package org.opensearch.ralm.plugin.system;

import java.io.IOException;
import org.opensearch.action.ActionRequest;
import org.opensearch.action.ActionRequestValidationException;
import org.opensearch.common.Nullable;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;

/** Asks something of the model or feed of a name, or of all where there is none. */
public final class NamedRequest extends ActionRequest {

    private final String name;

    /**
     * @param name the name; null for all
     */
    public NamedRequest(@Nullable String name) {
        this.name = name;
    }

    /** Reads it from the wire. */
    public NamedRequest(StreamInput in) throws IOException {
        super(in);
        StreamInput members = Wire.open(in, "name");
        this.name = members.readOptionalString();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        Wire.write(out, members -> members.writeOptionalString(name));
    }

    @Override
    public ActionRequestValidationException validate() {
        return null;
    }

    /** The name; null for all. */
    @Nullable
    public String name() {
        return name;
    }
}
