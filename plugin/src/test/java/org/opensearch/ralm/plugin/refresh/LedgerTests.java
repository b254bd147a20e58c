package org.opensearch.ralm.plugin.refresh;

import java.util.List;
import java.util.Set;
import org.opensearch.ralm.plugin.TestMemory;
import org.opensearch.ralm.plugin.refresh.Ledger.Entry;
import org.opensearch.ralm.plugin.refresh.Ledger.State;
import org.opensearch.test.OpenSearchTestCase;

public class LedgerTests extends OpenSearchTestCase {

    private static final ClickCounts COUNTS = new ClickCounts(5, 2, 1, 1);

    private final TestMemory memory = TestMemory.plenty();
    private final Ledger ledger = new Ledger(memory.memory());

    public void testCandidatesWaitUntilTheyAreDone() {
        ledger.await(List.of("a", "b"));
        ledger.await(List.of("b", "c"));
        assertEquals(List.of("a", "b", "c"), ledger.waiting());
        ledger.done("b", new Entry(State.WARM, COUNTS, Long.MAX_VALUE));
        assertEquals(List.of("a", "c"), ledger.waiting());
        assertEquals(COUNTS, ledger.counts("b"));
        assertEquals(ClickCounts.NONE, ledger.counts("a"));
        assertEquals(1, ledger.count(State.WARM));
        assertEquals(2, ledger.unknownUsers());
    }

    public void testThoseThatCannotBeLookedAtWaitBehindTheOthers() {
        ledger.await(List.of("a", "b", "c"));
        long bytes = ledger.bytes();
        ledger.delay("a");
        ledger.delay("x");
        assertEquals(List.of("b", "c", "a"), ledger.waiting());
        ledger.await(List.of("a"));
        assertEquals(List.of("b", "c", "a"), ledger.waiting());
        assertEquals(bytes, ledger.bytes());
    }

    public void testThoseWithoutADocumentAreLookedForInTurn() {
        for (String candidate : List.of("a", "b", "c")) {
            ledger.done(candidate, new Entry(State.PENDING, COUNTS, Long.MAX_VALUE));
        }
        assertEquals(List.of("a", "b"), ledger.pending(2));
        ledger.done("a", new Entry(State.PENDING, COUNTS, Long.MAX_VALUE));
        ledger.done("b", new Entry(State.COLD, COUNTS, Long.MAX_VALUE));
        assertEquals(List.of("c", "a"), ledger.pending(2));
    }

    public void testOfWrittenCandidatesOnlyThoseWithSeedsAreLookedAt() {
        ledger.done("a", new Entry(State.WARM, COUNTS, 10));
        ledger.done("b", new Entry(State.COLD, new ClickCounts(0, 3, 3, 3), 10));
        ledger.awaitSeeded(List.of("a", "b", "c"));
        assertEquals(List.of("a"), ledger.waiting());
    }

    public void testTheDueAreThoseWhoseTimeHasCome() {
        ledger.done("a", new Entry(State.WARM, COUNTS, 10));
        ledger.done("b", new Entry(State.WARM, COUNTS, 11));
        ledger.done("c", new Entry(State.WARM, COUNTS, Long.MAX_VALUE));
        assertEquals(List.of("a"), ledger.due(10));
    }

    public void testItsMemoryIsAccountedForAndGivenBack() {
        ledger.done("a", new Entry(State.WARM, COUNTS, 10));
        long one = memory.getUsed();
        assertTrue(one > 0);
        ledger.done("a", new Entry(State.COLD, COUNTS, 10));
        assertEquals(one, memory.getUsed());
        ledger.done("b", new Entry(State.COLD, COUNTS, 10));
        assertEquals(ledger.bytes(), memory.getUsed());
        ledger.forget("a");
        assertEquals(one, memory.getUsed());
        assertEquals(Set.of("b"), ledger.candidates());
        ledger.close();
        assertEquals(0, memory.getUsed());
    }
}
