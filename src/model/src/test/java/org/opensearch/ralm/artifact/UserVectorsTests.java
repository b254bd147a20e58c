package org.opensearch.ralm.artifact;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserVectorsTests {

    @TempDir
    private Path directory;

    @Test
    void usersAreReadAsTheyWereWritten() throws IOException {
        Random random = new Random(1);
        float[][] vectors = new float[100][3];
        try (UserVectors.Writer writer = new UserVectors.Writer(directory)) {
            for (int user = 0; user < vectors.length; user++) {
                for (int d = 0; d < 3; d++) {
                    vectors[user][d] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(60) - 30));
                }
                writer.write("ü \"" + user + "\"\n", vectors[user]);
            }
        }
        List<float[]> read = new ArrayList<>();
        UserVectors.read(directory, 3, (line, user, vector) -> {
            assertEquals("ü \"" + read.size() + "\"\n", user);
            read.add(vector);
            assertEquals(read.size(), line);
        });
        assertEquals(vectors.length, read.size());
        for (int user = 0; user < vectors.length; user++) {
            assertArrayEquals(vectors[user], read.get(user));
        }
    }

    @Test
    void anEmptyFileHoldsNobody() throws IOException {
        new UserVectors.Writer(directory).close();
        UserVectors.read(directory, 3, (line, user, vector) -> {
            throw new AssertionError(user);
        });
    }

    @Test
    void equalUsersGiveEqualBytes() throws IOException {
        byte[][] files = new byte[2][];
        for (int i = 0; i < 2; i++) {
            try (UserVectors.Writer writer = new UserVectors.Writer(directory)) {
                writer.write("u", new float[] {0.1f, -1});
            }
            files[i] = Files.readAllBytes(directory.resolve(UserVectors.FILE));
        }
        assertArrayEquals(files[0], files[1]);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'user': 'u', 'vector': [1, 2              | line 2: is not valid JSON: Unexpected end-of-input",
                "{}                                         | line 2: expected a [user] that is a string and not empty",
                "``                                         | line 2: expected a [user] that is a string and not empty",
                "7                                          | line 2: expected a [user] that is a string and not empty",
                "{'user': 7, 'vector': [1, 2]}              | line 2: expected a [user] that is a string and not empty",
                "{'user': '', 'vector': [1, 2]}             | line 2: expected a [user] that is a string and not empty",
                "{'user': 'u'}                              | line 2: expected a [vector] of 2 numbers",
                "{'user': 'u', 'vector': {'a': 1, 'b': 2}}  | line 2: expected a [vector] of 2 numbers",
                "{'user': 'u', 'vector': [1]}               | line 2: expected a [vector] of 2 numbers, but it has 1",
                "{'user': 'u', 'vector': [1, 2, 3]}         | line 2: expected a [vector] of 2 numbers, but it has 3",
                "{'user': 'u', 'vector': [1, NaN]}          | line 2: is not valid JSON: Non-standard token 'NaN'",
                "{'user': 'u', 'vector': [1, 'NaN']}        | line 2: [vector] holds \"NaN\" at position 1, expected a",
                "{'user': 'u', 'vector': [1, null]}         | line 2: [vector] holds null at position 1, expected a",
                "{'user': 'u', 'vector': [1e39, 1]}         | line 2: [vector] holds 1.0E39 at position 0, expected a",
                "{'user': 'u', 'user': 'v', 'vector': [1]}  | line 2: is not valid JSON: Duplicate field 'user'",
                "{'user': 'u', 'vector': [1, 2]} {}         | line 2: is not valid JSON: Trailing token",
            })
    void aBadLineIsRefusedWithItsNumberAndReason(String line, String expected) throws IOException {
        String text = "{\"user\":\"u1\",\"vector\":[1,2]}\n" + line.replace('\'', '"') + "\n";
        write(gzip(text.getBytes(StandardCharsets.UTF_8)));
        assertFault(directory.resolve(UserVectors.FILE) + ", " + expected);
    }

    @Test
    void aFileThatIsCutOffIsRefused() throws IOException {
        try (UserVectors.Writer writer = new UserVectors.Writer(directory)) {
            Random random = new Random(2);
            for (int user = 0; user < 10_000; user++) {
                writer.write("u" + user, new float[] {random.nextFloat(), random.nextFloat()});
            }
        }
        byte[] whole = Files.readAllBytes(directory.resolve(UserVectors.FILE));
        for (int length : new int[] {0, 5, 20, whole.length / 2, whole.length - 1}) {
            write(Arrays.copyOf(whole, length));
            assertFault(directory.resolve(UserVectors.FILE) + ": is cut off after line ");
        }
    }

    @Test
    void aFileThatIsNoGzipIsRefused() throws IOException {
        write("{\"user\":\"u\",\"vector\":[1,2]}\n".getBytes(StandardCharsets.UTF_8));
        assertFault(directory.resolve(UserVectors.FILE) + ": is not gzipped UTF-8 after line 0: Not in GZIP format");
    }

    @Test
    void bytesThatAreNoTextAreRefused() throws IOException {
        write(gzip(new byte[] {'{', '"', 'u', (byte) 0xff, '"'}));
        assertFault(directory.resolve(UserVectors.FILE) + ": is not gzipped UTF-8 after line 0: ");
    }

    @Test
    void aMissingFileIsNamed() {
        assertFault("users.ndjson.gz: there is no such file in " + directory);
    }

    @Test
    void aVectorThatIsNotFiniteIsNotWritten() throws IOException {
        try (UserVectors.Writer writer = new UserVectors.Writer(directory)) {
            IllegalArgumentException fault =
                    assertThrows(IllegalArgumentException.class, () -> writer.write("u1", new float[] {1, Float.NaN}));
            assertEquals("the vector of user [u1] holds NaN", fault.getMessage());
        }
    }

    private void assertFault(String expected) {
        InvalidArtifactException fault = assertThrows(
                InvalidArtifactException.class, () -> UserVectors.read(directory, 2, (line, user, vector) -> {}));
        assertEquals(
                expected,
                fault.getMessage()
                        .substring(
                                0,
                                Math.min(expected.length(), fault.getMessage().length())));
    }

    private void write(byte[] bytes) throws IOException {
        Files.write(directory.resolve(UserVectors.FILE), bytes);
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }
}
