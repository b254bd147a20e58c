package org.opensearch.ralm.trainer.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ZipfTests {

    private static final int DRAWS = 200_000;

    @Test
    void ranksAreDrawnAsOftenAsTheirPowerSays() {
        int[] drawn = draw(new Zipf(100, 0.8), 100);
        double sum = 0;
        for (int rank = 0; rank < 100; rank++) {
            sum += Math.pow(rank + 1, -0.8);
        }
        for (int rank : new int[] {0, 1, 9, 50, 99}) {
            double expected = DRAWS * Math.pow(rank + 1, -0.8) / sum;
            assertEquals(expected, drawn[rank], 5 * Math.sqrt(expected), "rank " + rank);
        }
    }

    @Test
    void withExponentZeroAllRanksAreEqual() {
        for (int count : draw(new Zipf(10, 0), 10)) {
            assertEquals(DRAWS / 10.0, count, 5 * Math.sqrt(DRAWS / 10.0));
        }
    }

    @Test
    void ofOneRankItIsAlwaysDrawn() {
        assertEquals(DRAWS, draw(new Zipf(1, 0.8), 1)[0]);
    }

    private static int[] draw(Zipf zipf, int ranks) {
        SplittableRandom random = new SplittableRandom(1);
        int[] drawn = new int[ranks];
        for (int i = 0; i < DRAWS; i++) {
            drawn[zipf.draw(random)]++;
        }
        return drawn;
    }
}
