package org.opensearch.ralm.plugin.system;

import java.io.IOException;
import org.opensearch.common.CheckedConsumer;
import org.opensearch.common.io.stream.BytesStreamOutput;
import org.opensearch.core.common.bytes.BytesReference;
import org.opensearch.core.common.io.stream.NamedWriteableAwareStreamInput;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;

/**
 * How nodes with different builds of this plugin understand each other. The version of a stream is that of the server,
 * and two builds may stand on the same server while a cluster is upgraded node by node; so whatever this plugin writes is
 * a section: the wire version that its reader needs, its length, its members.
 *
 * <p>Members are only ever added, at the end. A reader that does not know the last of them passes over them, and one that
 * finds fewer than it knows ({@code available() == 0}) takes their defaults. The writer leaves out last members that have
 * their defaults: it then writes what an older build would. Where passing over a member would change the answer (it
 * filters, or is another way to score) the writer demands, if the member is used, a reader of the wire version in which
 * it was added, as do all sections around its own; an older reader refuses the section.
 */
public final class Wire {

    /** The newest version that this build reads; raised with each release that adds a member that is demanded. */
    static final int VERSION = 1;

    private static final int FIRST = 1;

    private Wire() {}

    /** Writes a section that every reader understands. */
    public static void write(StreamOutput out, CheckedConsumer<StreamOutput, IOException> members) throws IOException {
        write(out, FIRST, members);
    }

    /**
     * Writes a section.
     *
     * @param needed the oldest wire version whose readers know what must not be passed over
     */
    static void write(StreamOutput out, int needed, CheckedConsumer<StreamOutput, IOException> members)
            throws IOException {
        try (BytesStreamOutput section = new BytesStreamOutput()) {
            section.setVersion(out.getVersion());
            members.accept(section);
            out.writeVInt(needed);
            out.writeBytesReference(section.bytes());
        }
    }

    /**
     * Reads over a section.
     *
     * @param name of what is read, for the refusal
     * @return its members, at least those of the first wire version; what is left unread is passed over
     * @throws IllegalArgumentException if it needs a newer build of the plugin
     */
    public static StreamInput open(StreamInput in, String name) throws IOException {
        int needed = in.readVInt();
        if (needed < FIRST || needed > VERSION) {
            throw new IllegalArgumentException("[" + name + "] from another node needs wire version [" + needed
                    + "] of opensearch-ralm, but this node reads " + FIRST + " to " + VERSION
                    + "; have the same build of the plugin on all nodes, or do not use yet what is new in the newest");
        }
        BytesReference section = in.readBytesReference();
        StreamInput members = new NamedWriteableAwareStreamInput(section.streamInput(), in.namedWriteableRegistry());
        members.setVersion(in.getVersion());
        return members;
    }
}
