package org.opensearch.ralm.trainer.simulation;

import java.util.BitSet;
import java.util.Random;

/**
 * Puts a feed together: the best of the base recommender, then the best of look-alike that are not there yet, then some
 * at random. What one cannot fill falls to the base. The order within a feed has no meaning. Immutable.
 */
final class FeedMixer {
    private final int slots;
    private final int lookalikeSlots;
    private final int randomSlots;

    FeedMixer(int slots, int lookalikeSlots, int randomSlots) {
        this.slots = slots;
        this.lookalikeSlots = lookalikeSlots;
        this.randomSlots = randomSlots;
    }

    /**
     * The feed of one visit.
     *
     * @param base scores of all candidates
     * @param lookalike the same of look-alike; null for a feed without it
     * @param excluded places of candidates that are not to be shown
     * @return places of the candidates shown; fewer than the slots if there are no more
     */
    BitSet feed(float[] base, float[] lookalike, BitSet excluded, Random random) {
        BitSet shown = new BitSet(base.length);
        int fromLookalike = lookalike == null ? 0 : lookalikeSlots;
        addBest(base, slots - fromLookalike - randomSlots, excluded, shown);
        if (fromLookalike > 0) {
            addBest(lookalike, fromLookalike, excluded, shown);
        }
        addRandom(base.length, randomSlots, excluded, shown, random);
        addBest(base, slots - shown.cardinality(), excluded, shown);
        return shown;
    }

    private static void addBest(float[] scores, int count, BitSet excluded, BitSet shown) {
        for (int i = 0; i < count; i++) {
            int best = -1;
            for (int place = 0; place < scores.length; place++) {
                boolean offered = !Float.isNaN(scores[place]) && !excluded.get(place) && !shown.get(place);
                if (offered && (best < 0 || scores[place] > scores[best])) {
                    best = place;
                }
            }
            if (best < 0) {
                return;
            }
            shown.set(best);
        }
    }

    private static void addRandom(int candidates, int count, BitSet excluded, BitSet shown, Random random) {
        BitSet taken = new BitSet(candidates);
        taken.or(excluded);
        taken.or(shown);
        for (int i = 0; i < count && taken.cardinality() < candidates; i++) {
            int place;
            do {
                place = random.nextInt(candidates);
            } while (taken.get(place));
            taken.set(place);
            shown.set(place);
        }
    }
}
