package org.opensearch.ralm.trainer.simulation;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.opensearch.ralm.trainer.data.Attribute;
import org.opensearch.ralm.trainer.data.Events;
import org.opensearch.ralm.trainer.synthetic.SyntheticFeed;

/**
 * One arm of the test: its users come, are shown what its recommenders choose and click by the truth. Its clicks, and
 * none of the other arm's, become popularity, seeds and history. Not thread-safe.
 */
final class Arm {
    private final SyntheticFeed feed;
    private final Attribute tags;
    private final Readers readers;
    private final Channel base;
    private final Channel lookalike;
    private final FeedMixer mixer;
    private final ArmLog log;
    private final Random random;
    private final Map<Integer, UserBook> books = new TreeMap<>();

    /**
     * @param log holds what is known when the replay begins
     * @param lookalike null for an arm without it
     * @param random of clicks and of what is shown by chance
     */
    Arm(
            SyntheticFeed feed,
            Readers readers,
            Channel base,
            Channel lookalike,
            FeedMixer mixer,
            ArmLog log,
            Random random) {
        this.feed = feed;
        this.tags = feed.dataset().itemAttributes().getFirst();
        this.readers = readers;
        this.base = base;
        this.lookalike = lookalike;
        this.mixer = mixer;
        this.log = log;
        this.random = random;
    }

    /**
     * Replays visits between two refreshes.
     *
     * @param refresh when the recommenders were brought up to date
     * @param visits positions of events of this arm's users at or after it, ascending
     */
    void replay(long refresh, int[] visits) {
        Events events = feed.dataset().events();
        int[] users = IntStream.of(visits).map(events::user).sorted().distinct().toArray();
        Snapshot snapshot = log.snapshot(refresh);
        float[][] baseScores = base.score(snapshot, users);
        float[][] lookalikeScores = lookalike == null ? null : lookalike.score(snapshot, users);
        for (int visit : visits) {
            int row = Arrays.binarySearch(users, events.user(visit));
            visit(
                    users[row],
                    events.time(visit),
                    snapshot.candidates(),
                    baseScores[row],
                    lookalikeScores == null ? null : lookalikeScores[row]);
        }
    }

    private void visit(int user, long time, int[] candidates, float[] baseScores, float[] lookalikeScores) {
        UserBook book = books.computeIfAbsent(user, absent -> new UserBook());
        book.visit(time);
        BitSet excluded = new BitSet(candidates.length);
        for (int place = 0; place < candidates.length; place++) {
            excluded.set(place, log.hasClicked(user, candidates[place]));
        }
        mixer.feed(baseScores, lookalikeScores, excluded, random).stream().forEach(place -> {
            int item = candidates[place];
            book.show(item);
            if (readers.click(user, item, time, random)) {
                book.read(item, feed.itemTopics(), tags);
                log.add(user, item, time);
            }
        });
    }

    /** What each user who came met with, by ascending user. */
    List<UserOutcome> outcomes() {
        return books.values().stream().map(UserBook::outcome).toList();
    }
}
