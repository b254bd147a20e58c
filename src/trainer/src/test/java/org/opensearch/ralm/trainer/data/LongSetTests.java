package org.opensearch.ralm.trainer.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class LongSetTests {

    @Test
    void behavesAsASetOfNumbers() {
        Random random = new Random(11);
        Set<Long> expected = new HashSet<>();
        LongSet set = new LongSet();
        for (int i = 0; i < 20_000; i++) {
            long number = (long) random.nextInt(100) << 32 | random.nextInt(100);
            assertEquals(expected.add(number), set.add(number));
        }
    }
}
