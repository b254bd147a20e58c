package org.opensearch.ralm.trainer.evaluation;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.opensearch.ralm.trainer.data.IdLists;
import org.opensearch.ralm.trainer.data.UserHistory;

/** Ranks the pool of a test block, minus what the user clicked before it, for each user with a case in the block. */
final class Rankings {
    /** Users scored in one call: enough for a scorer to work in bulk, few enough to hold their whole pools. */
    private static final int CHUNK = 256;

    private final TestBlock block;
    private final UserHistory history;
    private final Map<Integer, BitSet> clickedByUser = new HashMap<>();

    Rankings(TestBlock block, UserHistory history) {
        this.block = block;
        this.history = history;
        for (int row = 0; row < block.cases(); row++) {
            clickedByUser
                    .computeIfAbsent(block.users()[row], user -> new BitSet())
                    .set(block.items()[row]);
        }
    }

    /** Scores the rankings and adds each to the given metrics. */
    void measure(Scorer scorer, List<RankingMetric> metrics) {
        int[] users = IntStream.of(block.users()).distinct().toArray();
        for (int from = 0; from < users.length; from += CHUNK) {
            measureChunk(Arrays.copyOfRange(users, from, Math.min(from + CHUNK, users.length)), scorer, metrics);
        }
    }

    private void measureChunk(int[] users, Scorer scorer, List<RankingMetric> metrics) {
        IdLists candidates = unseen(users);
        long[] times = new long[users.length];
        Arrays.fill(times, block.block().start());
        float[] scores = scorer.score(block.block(), users, times, candidates);
        for (int row = 0; row < users.length; row++) {
            Ranking ranking = ranking(users[row], candidates, row, scores);
            metrics.forEach(metric -> metric.add(ranking));
        }
    }

    private Ranking ranking(int user, IdLists candidates, int row, float[] scores) {
        BitSet clicks = clickedByUser.get(user);
        int[] items = Arrays.copyOfRange(candidates.ids(), candidates.start(row), candidates.end(row));
        boolean[] clicked = new boolean[items.length];
        for (int i = 0; i < items.length; i++) {
            clicked[i] = clicks.get(items[i]);
        }
        return new Ranking(
                block, user, items, Arrays.copyOfRange(scores, candidates.start(row), candidates.end(row)), clicked);
    }

    private IdLists unseen(int[] users) {
        IdLists.Builder candidates = new IdLists.Builder();
        for (int user : users) {
            BitSet seen = new BitSet();
            int end = history.endBefore(user, block.block().start());
            for (int position = history.start(user); position < end; position++) {
                seen.set(history.item(position));
            }
            for (int item : block.pool()) {
                if (!seen.get(item)) {
                    candidates.add(item);
                }
            }
            candidates.endRow();
        }
        return candidates.build();
    }
}
