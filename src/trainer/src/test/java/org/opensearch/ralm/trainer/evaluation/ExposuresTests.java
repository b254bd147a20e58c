package org.opensearch.ralm.trainer.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.opensearch.ralm.trainer.data.Attribute;
import org.opensearch.ralm.trainer.data.Block;
import org.opensearch.ralm.trainer.data.Events;
import org.opensearch.ralm.trainer.data.IdLists;
import org.opensearch.ralm.trainer.data.SeedIndex;
import org.opensearch.ralm.trainer.data.Vocabulary;

/** Twenty items, of which item i was clicked i times before the block; item i is of category i % 4. */
final class ExposuresTests {

    private static final int ITEMS = 20;
    private static final long START = 1_000;

    private final SeedIndex clicks = clicks();
    private final Attribute category = new Attribute(
            "category",
            Vocabulary.of(List.of("a", "b", "c", "d")),
            new IdLists(
                    IntStream.rangeClosed(0, ITEMS).toArray(),
                    IntStream.range(0, ITEMS).map(item -> item % 4).toArray()));
    private final Exposures exposures = new Exposures(clicks, Optional.of(category), Optional.empty());

    @Test
    void theTopAreTheBestScoredEqualOnesInGivenOrder() {
        Random random = new Random(2);
        for (int trial = 0; trial < 100; trial++) {
            int size = random.nextInt(30);
            float[] scores = new float[size];
            for (int i = 0; i < size; i++) {
                scores[i] = random.nextInt(6);
            }
            int[] items = IntStream.range(0, size).map(i -> 2 * i + 1).toArray();
            int[] expected = IntStream.range(0, size)
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> -scores[i]))
                    .limit(10)
                    .mapToInt(i -> items[i])
                    .toArray();
            assertArrayEquals(expected, new Ranking(null, 0, items, scores, new boolean[size]).top(10));
        }
    }

    @Test
    void oneUserIsShownTheTenBest() {
        TestBlock block = block(IntStream.range(0, ITEMS).toArray());
        exposures.add(ranking(block, 3, item -> item < 10 ? 1 : 0));
        assertEquals(10, exposures.exposure());
        assertEquals(4, exposures.categoryDiversity());
        assertTrue(Double.isNaN(exposures.tagDiversity()));
        // The tenth with most clicks are the items 18 and 19; neither is shown.
        assertEquals(1, exposures.longTailShare());
        // Half of the pool gets all: x ascending is ten 0 and ten 1, sum (2r - 21) over r = 11..20 is 100, over 20 *
        // 10.
        assertEquals(0.5, exposures.gini(), 1e-12);
    }

    @Test
    void theSamePairInAnotherBlockIsOneExposureMoreButNoNewPair() {
        int[] pool = IntStream.range(8, ITEMS).toArray();
        for (int i = 0; i < 2; i++) {
            exposures.add(ranking(block(pool), 3, item -> item));
        }
        exposures.add(ranking(block(pool), 4, item -> item));
        assertEquals(20, exposures.exposure());
        // Of twelve candidates the two most clicked, 18 and 19, are the head; both are among the ten shown.
        assertEquals(0.8, exposures.longTailShare(), 1e-12);
        assertEquals(Gini.of(new long[] {0, 0, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3}), exposures.gini(), 1e-12);
    }

    @Test
    void diversityIsTheMeanOverRankings() {
        TestBlock block = block(new int[] {0, 4, 8, 1});
        exposures.add(new Ranking(block, 1, new int[] {0, 4, 8}, new float[3], new boolean[3]));
        exposures.add(new Ranking(block, 2, new int[] {0, 1, 4}, new float[3], new boolean[3]));
        assertEquals(1.5, exposures.categoryDiversity(), 1e-12);
    }

    private static Ranking ranking(TestBlock block, int user, IntToDoubleFunction score) {
        float[] scores = new float[block.pool().length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) score.applyAsDouble(block.pool()[i]);
        }
        return new Ranking(block, user, block.pool(), scores, new boolean[scores.length]);
    }

    private static TestBlock block(int[] pool) {
        return new TestBlock(
                new Block(START, START + 1, 0, 0),
                pool,
                new int[0],
                new int[0],
                new long[0],
                new IdLists.Builder().build());
    }

    private static SeedIndex clicks() {
        Events.Builder events = new Events.Builder();
        for (int item = 0; item < ITEMS; item++) {
            for (int click = 0; click < item; click++) {
                events.add(click, item, click);
            }
            // What comes after the block does not count.
            for (int click = 0; item == 0 && click < 100; click++) {
                events.add(click % ITEMS, item, START + click);
            }
        }
        return SeedIndex.of(events.build(), ITEMS);
    }
}
