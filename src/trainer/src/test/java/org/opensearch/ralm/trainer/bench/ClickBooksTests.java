package org.opensearch.ralm.trainer.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.opensearch.ralm.trainer.bench.ClickBooks.Difference;

class ClickBooksTests {

    private final ClickBooks books = new ClickBooks(3);

    @Test
    void aRepeatedClickIsAcknowledgedTwiceAndCountsOnce() {
        enter(0, 7);
        enter(0, 7);
        enter(0, 8);
        enter(2, 7);
        assertEquals(4, books.acknowledged());
        assertEquals(3, books.distinct());
        assertTrue(books.against(new int[] {2, 0, 1}).isNone());
    }

    @Test
    void whatOneCandidateHasTooMuchDoesNotMakeUpForAnother() {
        enter(0, 1);
        enter(0, 2);
        enter(1, 1);
        assertEquals(new Difference(2, 1), books.against(new int[] {0, 1, 1}));
    }

    private void enter(int candidate, int user) {
        books.enter(new Pair(candidate, user));
    }
}
