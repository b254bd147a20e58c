package org.opensearch.ralm.trainer.evaluation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.opensearch.ralm.trainer.data.Block;
import org.opensearch.ralm.trainer.data.IdLists;

/**
 * The test cases of one block of time. Case c is the first click of {@code users[c]} on {@code items[c]} at
 * {@code times[c]}, in order of time; row c of {@code negatives} are items drawn against it, all from the pool. Arrays
 * are to be read only.
 *
 * @param block     the stretch of time; seeds are what clicked strictly before its start
 * @param pool      the items with enough seeds to be candidates, ascending
 * @param users     the user of each case
 * @param items     the clicked item of each case
 * @param times     the second of each case
 * @param negatives items each case's user did not click
 */
public record TestBlock(Block block, int[] pool, int[] users, int[] items, long[] times, IdLists negatives) {

    /** The cases of those users alone who are the first to have one. */
    public TestBlock ofFirstUsers(int count) {
        return of(IntStream.of(users).distinct().limit(count));
    }

    /** The cases of so many users drawn at random; itself if it has no more. Equal seeds draw equal users. */
    TestBlock ofRandomUsers(int count, long seed) {
        List<Integer> drawn =
                new ArrayList<>(IntStream.of(users).distinct().boxed().toList());
        if (drawn.size() <= count) {
            return this;
        }
        Collections.shuffle(drawn, new Random(seed ^ block.start()));
        return of(drawn.stream().limit(count).mapToInt(Integer::intValue));
    }

    private TestBlock of(IntStream wanted) {
        Set<Integer> chosen = wanted.boxed().collect(Collectors.toSet());
        int[] kept = IntStream.range(0, cases())
                .filter(row -> chosen.contains(users[row]))
                .toArray();
        IdLists.Builder keptNegatives = new IdLists.Builder();
        for (int row : kept) {
            for (int position = negatives.start(row); position < negatives.end(row); position++) {
                keptNegatives.add(negatives.id(position));
            }
            keptNegatives.endRow();
        }
        return new TestBlock(
                block,
                pool,
                IntStream.of(kept).map(row -> users[row]).toArray(),
                IntStream.of(kept).map(row -> items[row]).toArray(),
                IntStream.of(kept).mapToLong(row -> times[row]).toArray(),
                keptNegatives.build());
    }

    /** How many cases there are. */
    public int cases() {
        return users.length;
    }
}
