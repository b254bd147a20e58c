package org.opensearch.ralm.block;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Damaged bytes are refused or give a block that is valid; what lies around them in the array is never read. */
class SeedBlockFuzzTests {

    private static final int ROUNDS = Integer.getInteger("ralm.fuzz.rounds", 20_000);

    @ParameterizedTest
    @EnumSource
    void everyTruncationIsRefused(Encoding encoding) {
        byte[] whole = SeedBlockCodec.encode(RandomBlocks.block(new Random(1), 5, 7), encoding);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            int end = length;
            assertThrows(InvalidBlockException.class, () -> SeedBlockCodec.decode(cut), "cut to " + end);
            assertThrows(InvalidBlockException.class, () -> SeedBlockCodec.decode(whole, 0, end), "seen to " + end);
        }
        byte[] longer = Arrays.copyOf(whole, whole.length + 1);
        assertThrows(InvalidBlockException.class, () -> SeedBlockCodec.decode(longer));
    }

    @ParameterizedTest
    @EnumSource
    void damagedBytesGiveAValidBlockOrAreRefused(Encoding encoding) {
        for (long seed = 1; seed <= ROUNDS; seed++) {
            Random random = new Random(seed);
            SeedBlock block = RandomBlocks.block(random, 1 + random.nextInt(6), 1 + random.nextInt(6));
            byte[] bytes = SeedBlockCodec.encode(block, encoding);
            damage(bytes, random);
            int length = random.nextInt(8) == 0 ? random.nextInt(bytes.length + 1) : bytes.length;

            assertDoesNotThrow(() -> readOrRefuse(bytes, length, random), "seed " + seed);
        }
    }

    /** The same bytes at another place, between other neighbours, must be read the same. */
    private static void readOrRefuse(byte[] bytes, int length, Random random) {
        byte[] array = new byte[length + 64];
        random.nextBytes(array);
        int offset = random.nextInt(65);
        System.arraycopy(bytes, 0, array, offset, length);
        SeedBlock block;
        try {
            block = SeedBlockCodec.decode(bytes, 0, length);
        } catch (InvalidBlockException e) {
            assertEquals(
                    e.getMessage(),
                    assertThrows(InvalidBlockException.class, () -> SeedBlockCodec.decode(array, offset, length))
                            .getMessage());
            return;
        }
        assertEquals(block, SeedBlockCodec.decode(array, offset, length));
        assertEquals(block, SeedBlockCodec.decode(SeedBlockCodec.encode(block, Encoding.FLOAT32)));
    }

    /** A few changed bytes, every other time in the header and the sizes. */
    private static void damage(byte[] bytes, Random random) {
        int reach = random.nextBoolean() ? 20 : bytes.length;
        for (int i = random.nextInt(3); i >= 0; i--) {
            bytes[random.nextInt(reach)] = (byte) (random.nextBoolean() ? random.nextInt(256) : random.nextInt(4));
        }
    }
}
