package org.opensearch.ralm.trainer.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClickStreamTests {

    private static final int DRAWS = 50_000;

    @Test
    void equalSeedsGiveEqualStreams() {
        assertEquals(draw(1), draw(1));
        assertNotEquals(draw(1), draw(2));
    }

    @Test
    void aFewClicksAreRepetitions() {
        int repeated = DRAWS - new HashSet<>(draw(3)).size();
        assertEquals(0.02 * DRAWS, repeated, 5 * Math.sqrt(0.02 * DRAWS));
    }

    private static List<Pair> draw(long seed) {
        // So many pairs that hardly one comes twice by chance.
        ClickStream stream = new ClickStream(1_000_000, 1_000_000, seed);
        return Stream.generate(stream::next).limit(DRAWS).toList();
    }
}
