package org.opensearch.ralm.trainer.bench;

import java.util.SplittableRandom;

/**
 * The clicks in the order in which they happen: a few candidates are popular, users are any, and some clicks are
 * repetitions of recent ones. Equal seeds give equal streams. Not safe for use by several threads.
 */
final class ClickStream {

    private static final double POPULARITY_EXPONENT = 0.8;
    private static final double REPEATED = 0.02;
    private static final int REMEMBERED = 10_000;

    private final SplittableRandom random;
    private final Zipf popularity;
    private final int users;
    private final Pair[] recent = new Pair[REMEMBERED];
    private long drawn;

    ClickStream(int candidates, int users, long seed) {
        this.random = new SplittableRandom(seed);
        this.popularity = new Zipf(candidates, POPULARITY_EXPONENT);
        this.users = users;
    }

    Pair next() {
        Pair pair = drawn > 0 && random.nextDouble() < REPEATED
                ? recent[random.nextInt((int) Math.min(drawn, REMEMBERED))]
                : new Pair(popularity.draw(random), random.nextInt(users));
        recent[(int) (drawn++ % REMEMBERED)] = pair;
        return pair;
    }
}
