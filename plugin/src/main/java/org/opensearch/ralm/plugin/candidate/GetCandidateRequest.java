package org.opensearch.ralm.plugin.candidate;

import java.io.IOException;
import org.opensearch.action.ActionRequest;
import org.opensearch.action.ActionRequestValidationException;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.ralm.plugin.system.Wire;

/** Asks for one candidate of a feed, with a number of users who are typical of each of its clusters. */
final class GetCandidateRequest extends ActionRequest {

    /** The most users a cluster. */
    static final int MOST_TOP = 20;

    private final String feed;
    private final String id;
    private final int top;
    private final String routing;

    /**
     * @param routing the candidate's own; null if it has none
     */
    GetCandidateRequest(String feed, String id, int top, String routing) {
        this.feed = feed;
        this.id = id;
        this.top = top;
        this.routing = routing;
    }

    GetCandidateRequest(StreamInput in) throws IOException {
        super(in);
        StreamInput members = Wire.open(in, "candidate");
        this.feed = members.readString();
        this.id = members.readString();
        this.top = members.readVInt();
        this.routing = members.available() == 0 ? null : members.readString();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        Wire.write(out, members -> {
            members.writeString(feed);
            members.writeString(id);
            members.writeVInt(top);
            if (routing != null) {
                members.writeString(routing);
            }
        });
    }

    @Override
    public ActionRequestValidationException validate() {
        return null;
    }

    String feed() {
        return feed;
    }

    String id() {
        return id;
    }

    int top() {
        return top;
    }

    String routing() {
        return routing;
    }
}
