package org.opensearch.ralm.artifact;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged files are read or refused with {@link InvalidArtifactException}; nothing else may come out. */
class ArtifactFuzzTests {

    private static final int ROUNDS = Integer.getInteger("ralm.fuzz.rounds", 4_000);
    private static final byte[] JSON_BYTES = "\"{}[],:-+.eE0123456789 \\utnfalsr".getBytes(StandardCharsets.US_ASCII);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void damagedWeights(long seed) {
        byte[] whole = example().weights();
        forEachDamage(whole, seed, Safetensors::read);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void damagedWeightsWithAChecksumThatFits(long seed) {
        ModelArtifact artifact = example();
        forEachDamage(artifact.weights(), seed, weights -> {
            ModelManifest manifest = artifact.manifest().withWeightsSha256(Checksums.sha256Hex(weights));
            ModelArtifact.parse(manifest.toJson(), weights);
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void damagedManifests(long seed) throws JsonProcessingException {
        ModelArtifact artifact = example();
        byte[] whole = new ObjectMapper().writeValueAsBytes(artifact.manifest().toJson());
        forEachDamage(whole, seed, manifest -> ModelArtifact.parse(manifest, artifact.weights()));
    }

    private static ModelArtifact example() {
        return ExampleArtifacts.artifact(LookalikeForm.DEFAULT, 4, 3, 2, 1);
    }

    private static void forEachDamage(byte[] whole, long seed, Reader reader) {
        for (int length = 0; length <= whole.length; length++) {
            readOrRefuse(Arrays.copyOf(whole, length), reader, "truncated to " + length);
        }
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            readOrRefuse(damaged(whole, random), reader, "seed " + seed + ", round " + round);
        }
    }

    private static void readOrRefuse(byte[] bytes, Reader reader, String how) {
        assertDoesNotThrow(
                () -> {
                    try {
                        reader.read(bytes);
                    } catch (InvalidArtifactException expected) {
                        // Refused, as it may be.
                    }
                },
                how);
    }

    /** One to four changed bytes, half of them characters of JSON; sometimes a cut or a doubled stretch as well. */
    private static byte[] damaged(byte[] whole, Random random) {
        byte[] bytes = whole.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(bytes.length);
            bytes[at] =
                    random.nextBoolean() ? (byte) random.nextInt(256) : JSON_BYTES[random.nextInt(JSON_BYTES.length)];
        }
        int from = random.nextInt(bytes.length);
        int to = from + random.nextInt(bytes.length - from);
        return switch (random.nextInt(4)) {
            case 0 -> splice(bytes, from, to);
            case 1 -> splice(bytes, to, from);
            default -> bytes;
        };
    }

    /** The bytes before the first position followed by those from the second on. */
    private static byte[] splice(byte[] bytes, int first, int second) {
        byte[] spliced = Arrays.copyOf(bytes, first + bytes.length - second);
        System.arraycopy(bytes, second, spliced, first, bytes.length - second);
        return spliced;
    }

    private interface Reader {
        void read(byte[] bytes);
    }
}
