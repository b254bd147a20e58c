package org.opensearch.ralm.trainer.bench.chaos;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * Which fault comes next: each kind once in a random order, and so on, so that a short run sees different ones. Equal
 * seeds give equal schedules. Not safe for use by several threads.
 */
final class FaultSchedule {

    private static final int LEAST_PAUSE = 5;
    private static final int MOST_PAUSE = 15;

    private final Random random;
    private final int nodes;
    private final Deque<FaultKind> round = new ArrayDeque<>();

    FaultSchedule(long seed, int nodes) {
        this.random = new Random(seed);
        this.nodes = nodes;
    }

    Fault next() {
        if (round.isEmpty()) {
            List<FaultKind> kinds = new ArrayList<>(List.of(FaultKind.values()));
            Collections.shuffle(kinds, random);
            round.addAll(kinds);
        }
        FaultKind kind = round.remove();
        return new Fault(
                kind,
                random.nextInt(nodes),
                random.nextInt(LEAST_PAUSE, MOST_PAUSE + 1),
                random.nextInt(kind.leastSeconds(), kind.mostSeconds() + 1));
    }
}
