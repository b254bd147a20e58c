package org.opensearch.ralm.trainer.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.opensearch.ralm.trainer.demo.Newcomers.Found;

class NewcomersTests {

    private static final long SECOND = 1_000_000_000;

    private final AtomicLong now = new AtomicLong();
    private final Newcomers newcomers = new Newcomers(Set.of("a", "b", "c"), now::get);

    @Test
    void theTimeFromFirstClickToFirstPageIsTakenOnce() {
        clickedAt(1, "a");
        clickedAt(2, "a");
        clickedAt(3, "b");
        onPageAt(4, "b", 2);
        onPageAt(5, "a", 3);
        onPageAt(6, "a", 9);
        assertEquals(List.of(new Found("b", 1, 2), new Found("a", 4, 3)), newcomers.found());
    }

    @Test
    void onlyNewCandidatesThatWereClickedCount() {
        clickedAt(1, "old");
        onPageAt(2, "old", 50);
        onPageAt(2, "c", 0);
        assertEquals(List.of(), newcomers.found());
    }

    private void clickedAt(int second, String candidate) {
        now.set(second * SECOND);
        newcomers.clicked(candidate);
    }

    private void onPageAt(int second, String candidate, int seeds) {
        now.set(second * SECOND);
        newcomers.onPage(candidate, seeds);
    }
}
