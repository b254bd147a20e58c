package org.opensearch.ralm.trainer.demo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.Events;
import org.opensearch.ralm.trainer.evaluation.TestBlock;
import org.opensearch.ralm.trainer.live.Acknowledgement;
import org.opensearch.ralm.trainer.live.Click;
import org.opensearch.ralm.trainer.live.ClickWriter;
import org.opensearch.ralm.trainer.live.Pace;

/**
 * The clicks that a test block's seeds come from, in the order in which they happened.
 *
 * @param clicks all clicks on the block's candidates before the block starts
 */
record ClickReplay(List<Click> clicks) {

    private static final int BULK = 500;
    private static final int SECOND_MILLIS = 1_000;

    /** Is told of what becomes of the clicks, in their order. */
    @FunctionalInterface
    interface Receiver {

        /** The clicks before a place are sent now, or were before. */
        default void sending(int place) {}

        /** A click has been acknowledged. */
        void acknowledged(Click click, Acknowledgement acknowledgement);
    }

    static ClickReplay of(Dataset dataset, TestBlock block) {
        Events events = dataset.events();
        List<Click> clicks = new ArrayList<>();
        int end = events.firstAtOrAfter(block.block().start());
        for (int event = 0; event < end; event++) {
            if (Arrays.binarySearch(block.pool(), events.item(event)) >= 0) {
                clicks.add(new Click(
                        dataset.items().name(events.item(event)),
                        dataset.users().name(events.user(event)),
                        millis(events, event)));
            }
        }
        return new ClickReplay(clicks);
    }

    /** Events know the second; its milliseconds keep those of one second in their order. */
    private static long millis(Events events, int event) {
        return events.time(event) * SECOND_MILLIS + Math.min(SECOND_MILLIS - 1, event - events.firstOfSecond(event));
    }

    /**
     * Sends them all, one bulk after the other.
     *
     * @param pace no bulk is sent before its last click is due
     */
    void send(ClickWriter writer, Pace pace, Receiver receiver) {
        for (int from = 0; from < clicks.size(); from += BULK) {
            List<Click> bulk = clicks.subList(from, Math.min(clicks.size(), from + BULK));
            pace.await(from + bulk.size() - 1L);
            receiver.sending(from + bulk.size());
            List<Acknowledgement> acknowledgements = writer.write(bulk);
            for (int i = 0; i < bulk.size(); i++) {
                receiver.acknowledged(bulk.get(i), acknowledgements.get(i));
            }
        }
    }

    /** The candidates that get their first click after so large a share of the clicks. */
    Set<String> newcomers(double share) {
        int known = (int) (share * clicks.size());
        Set<String> newcomers = new HashSet<>();
        clicks.subList(known, clicks.size()).forEach(click -> newcomers.add(click.candidate()));
        clicks.subList(0, known).forEach(click -> newcomers.remove(click.candidate()));
        return newcomers;
    }
}
