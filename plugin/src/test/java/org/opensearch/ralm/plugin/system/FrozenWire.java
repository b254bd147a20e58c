package org.opensearch.ralm.plugin.system;

import static org.opensearch.test.OpenSearchTestCase.assertEquals;
import static org.opensearch.test.OpenSearchTestCase.assertTrue;
import static org.opensearch.test.OpenSearchTestCase.expectThrows;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.opensearch.Version;
import org.opensearch.common.io.PathUtils;
import org.opensearch.common.io.stream.BytesStreamOutput;
import org.opensearch.core.common.bytes.BytesArray;
import org.opensearch.core.common.bytes.BytesReference;
import org.opensearch.core.common.io.stream.NamedWriteableAwareStreamInput;
import org.opensearch.core.common.io.stream.NamedWriteableRegistry;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.Writeable;

/** Compares what nodes send each other with what the first build with a wire version sent. */
public final class FrozenWire {

    /** The oldest server the plugin is built for: streams of newer ones hold more of the server's own members. */
    private static final Version SERVER = Version.fromString("3.4.0");

    /** Where to write the bytes instead of comparing them, if it is set. */
    private static final String RECORD = System.getProperty("ralm.wire.record");

    private final NamedWriteableRegistry registry;

    /** Reads with the readers of a registry. */
    public FrozenWire(NamedWriteableRegistry registry) {
        this.registry = registry;
    }

    /**
     * Checks that a sample, which uses nothing newer, is written as the first build wrote it, that this is read, that
     * what a newer build has added is passed over, and that it is refused where it must not be.
     *
     * @return what was read
     */
    public <T extends Writeable> T check(String name, T sample, Writeable.Reader<T> reader) throws IOException {
        byte[] bytes = bytes(sample);
        if (RECORD != null) {
            record(name, bytes);
        }
        byte[] frozen = frozen("1/" + name);
        assertEquals(
                "an older build cannot read this [" + name + "]: append new members, and leave them out where they "
                        + "have their defaults",
                HexFormat.of().formatHex(frozen),
                HexFormat.of().formatHex(bytes));
        return checkRead(name, reader);
    }

    /** The same for what holds other values in every build. */
    public <T extends Writeable> T checkRead(String name, Writeable.Reader<T> reader) throws IOException {
        byte[] frozen = frozen("1/" + name);
        T read = read(frozen, reader);
        assertEquals(HexFormat.of().formatHex(frozen), HexFormat.of().formatHex(bytes(read)));
        int section = outermostSection(frozen);
        T future = read(withFutureMember(frozen, section, 1), reader);
        assertEquals(HexFormat.of().formatHex(frozen), HexFormat.of().formatHex(bytes(future)));
        byte[] demanding = withFutureMember(frozen, section, Wire.VERSION + 1);
        IllegalArgumentException e = expectThrows(IllegalArgumentException.class, () -> read(demanding, reader));
        assertTrue(
                e.getMessage(),
                e.getMessage().contains("from another node needs wire version [" + (Wire.VERSION + 1) + "]"));
        return read;
    }

    /** Reads bytes of a version's directory. */
    public <T extends Writeable> T read(String path, Writeable.Reader<T> reader) throws IOException {
        return read(frozen(path), reader);
    }

    private <T extends Writeable> T read(byte[] bytes, Writeable.Reader<T> reader) throws IOException {
        try (StreamInput in = new NamedWriteableAwareStreamInput(new BytesArray(bytes).streamInput(), registry)) {
            in.setVersion(SERVER);
            T read = reader.read(in);
            assertEquals("bytes left", 0, in.available());
            return read;
        }
    }

    private static byte[] bytes(Writeable writeable) throws IOException {
        BytesStreamOutput out = new BytesStreamOutput();
        out.setVersion(SERVER);
        writeable.writeTo(out);
        return BytesReference.toBytes(out.bytes());
    }

    /** What follows the server's own members, up to the end. */
    private static int outermostSection(byte[] bytes) throws IOException {
        for (int i = 0; i < bytes.length; i++) {
            StreamInput in = new BytesArray(bytes, i, bytes.length - i).streamInput();
            if (in.readByte() == 1 && in.available() > 0 && in.readVInt() == in.available()) {
                return i;
            }
        }
        throw new AssertionError("no section");
    }

    private static byte[] withFutureMember(byte[] bytes, int section, int needed) throws IOException {
        StreamInput in = new BytesArray(bytes, section, bytes.length - section).streamInput();
        in.readVInt();
        BytesReference members = in.readBytesReference();
        BytesStreamOutput out = new BytesStreamOutput();
        out.writeBytes(bytes, 0, section);
        Wire.write(out, needed, all -> {
            members.writeTo(all);
            all.writeString("of a later build");
        });
        return BytesReference.toBytes(out.bytes());
    }

    private static byte[] frozen(String path) throws IOException {
        try (InputStream in = FrozenWire.class.getResourceAsStream("/wire/" + path + ".hex")) {
            assertTrue("no bytes of [" + path + "]", in != null || RECORD != null);
            String hex = in == null
                    ? Files.readString(file(path))
                    : new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            return HexFormat.of().parseHex(hex.strip().replace("\n", ""));
        }
    }

    private static void record(String name, byte[] bytes) throws IOException {
        String hex = HexFormat.of().formatHex(bytes).replaceAll("(.{120})", "$1\n");
        Files.createDirectories(file("1/" + name).getParent());
        Files.writeString(file("1/" + name), hex.stripTrailing() + "\n");
    }

    private static Path file(String path) {
        return PathUtils.get(RECORD, path + ".hex");
    }
}
