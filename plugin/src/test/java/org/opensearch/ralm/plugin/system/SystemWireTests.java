package org.opensearch.ralm.plugin.system;

import java.io.IOException;
import java.util.List;
import org.opensearch.Version;
import org.opensearch.common.io.stream.BytesStreamOutput;
import org.opensearch.core.common.io.stream.NamedWriteableRegistry;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.test.OpenSearchTestCase;

public class SystemWireTests extends OpenSearchTestCase {

    private final FrozenWire wire = new FrozenWire(new NamedWriteableRegistry(List.of()));

    public void testWhatIsSentIsThatOfTheFirstWireVersion() throws Exception {
        assertEquals(
                "m1",
                wire.check("named", new NamedRequest("m1"), NamedRequest::new).name());
        assertNull(wire.check("all", new NamedRequest((String) null), NamedRequest::new)
                .name());
        WriteResponse response = new WriteResponse("m1", WriteResponse.Result.UNCHANGED);
        assertEquals(response, wire.check("write_response", response, WriteResponse::new));
        RenewRequest.Node renewal = wire.check(
                "renew_node", new RenewRequest.Node(new RenewRequest("feeds", "news")), RenewRequest.Node::new);
        assertEquals("feeds", renewal.cache());
        assertEquals("news", renewal.key());
    }

    public void testAnOlderSectionHasNoNewerMembers() throws IOException {
        BytesStreamOutput out = new BytesStreamOutput();
        Wire.write(out, members -> members.writeString("first"));
        out.writeString("what follows");
        StreamInput in = out.bytes().streamInput();
        StreamInput members = Wire.open(in, "sample");
        assertEquals("first", members.readString());
        assertEquals(0, members.available());
        assertEquals("what follows", in.readString());
    }

    /** Classes of the server that are written into a section ask for it. */
    public void testASectionHasTheServersVersion() throws IOException {
        BytesStreamOutput out = new BytesStreamOutput();
        out.setVersion(Version.fromString("3.4.0"));
        Wire.write(out, members -> assertEquals(Version.fromString("3.4.0"), members.getVersion()));
        StreamInput in = out.bytes().streamInput();
        in.setVersion(Version.fromString("3.5.0"));
        assertEquals(Version.fromString("3.5.0"), Wire.open(in, "sample").getVersion());
    }

    public void testASectionThatIsLongerThanItsMessageIsRefused() throws IOException {
        BytesStreamOutput out = new BytesStreamOutput();
        out.writeVInt(1);
        out.writeVInt(1_000);
        out.writeString("short");
        expectThrows(IOException.class, () -> Wire.open(out.bytes().streamInput(), "sample"));
    }
}
