package org.opensearch.ralm.trainer.training;

import java.util.Arrays;
import java.util.Random;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.Events;

/** The clicks that the representation phase is shown: the latest of each user within a span of events. */
final class ClickSamples {

    private ClickSamples() {}

    /**
     * @param from first event
     * @param to event after the last
     * @param maxPositives how many of a user's clicks to keep
     * @return positions of events, ascending
     */
    static int[] latest(Dataset dataset, int from, int to, int maxPositives) {
        Events events = dataset.events();
        int[] kept = new int[to - from];
        int[] perUser = new int[dataset.users().size()];
        int size = 0;
        for (int event = to - 1; event >= from; event--) {
            if (perUser[events.user(event)]++ < maxPositives) {
                kept[size++] = event;
            }
        }
        int[] samples = Arrays.copyOf(kept, size);
        Arrays.sort(samples);
        return samples;
    }

    /** A copy in random order. */
    static int[] shuffled(int[] samples, Random random) {
        int[] shuffled = samples.clone();
        for (int i = shuffled.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = shuffled[i];
            shuffled[i] = shuffled[j];
            shuffled[j] = swapped;
        }
        return shuffled;
    }
}
