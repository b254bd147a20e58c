package org.opensearch.ralm.trainer.simulation;

import java.util.Arrays;
import java.util.BitSet;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.Events;
import org.opensearch.ralm.trainer.synthetic.SyntheticFeed;

/** The clicks that an arm knows: all from before the replay and its own since. Not thread-safe. */
final class ArmLog {
    private final SyntheticFeed feed;
    private final Events.Builder clicks = new Events.Builder();
    private final BitSet[] clicked;

    /**
     * @param firstVisit position of the event before which all are known
     */
    ArmLog(SyntheticFeed feed, int firstVisit) {
        this.feed = feed;
        this.clicked = new BitSet[feed.dataset().users().size()];
        Arrays.setAll(clicked, user -> new BitSet());
        Events before = feed.dataset().events();
        for (int event = 0; event < firstVisit; event++) {
            add(before.user(event), before.item(event), before.time(event));
        }
    }

    void add(int user, int item, long time) {
        clicks.add(user, item, time);
        clicked[user].set(item);
    }

    boolean hasClicked(int user, int item) {
        return clicked[user].get(item);
    }

    /** What is known now, at {@code time}. */
    Snapshot snapshot(long time) {
        Dataset all = feed.dataset();
        Dataset known =
                Dataset.of(all.name(), all.users(), all.items(), all.itemAttributes(), clicks.build(), all.fields());
        return Snapshot.of(feed, known, time);
    }
}
