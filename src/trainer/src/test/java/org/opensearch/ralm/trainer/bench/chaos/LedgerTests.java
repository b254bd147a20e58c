package org.opensearch.ralm.trainer.bench.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LedgerTests {

    private final Ledger ledger = new Ledger();

    @Test
    void aClickIsAcknowledgedOnceHoweverOftenItIsSent() {
        ledger.click("c1", "u1");
        ledger.click("c1", "u1");
        ledger.click("c2", "u1");
        assertEquals(2, ledger.clicks());
        assertEquals(3, ledger.clickWrites());
    }

    @Test
    void anAcknowledgedClickThatIsNotThereIsLost() {
        ledger.click("c1", "u1");
        ledger.click("c1", "u2");
        assertEquals(List.of("c1:u2"), ledger.lostClicks(Set.of("c1:u1", "c9:u9")));
    }

    @Test
    void theSeedsOfAnAcknowledgedCandidateAreClicks() {
        ledger.candidate("c1", 7, List.of("u1", "u2"));
        assertEquals(3, ledger.acknowledged());
        assertEquals(List.of("c1:u1"), ledger.lostClicks(Set.of("c1:u2")));
    }

    @Test
    void aCandidateIsLostIfItIsNotThereOrAsItWasBefore() {
        ledger.candidate("c1", 1, List.of());
        ledger.candidate("c2", 2, List.of());
        ledger.candidate("c3", 3, List.of());
        ledger.candidate("c3", 4, List.of());
        assertEquals(2, ledger.lostCandidates(Map.of("c1", 1L, "c3", 3L)).size());
        assertEquals(List.of(), ledger.lostCandidates(Map.of("c1", 1L, "c2", 2L, "c3", 4L)));
    }

    @Test
    void aWriteWithoutAnAnswerMayComeAfterALaterOne() {
        ledger.unanswered("c1", 1);
        ledger.candidate("c1", 2, List.of());
        assertEquals(List.of(), ledger.lostCandidates(Map.of("c1", 1L)));
        assertEquals(List.of(), ledger.lostCandidates(Map.of("c1", 2L)));
        assertEquals(1, ledger.lostCandidates(Map.of("c1", 0L)).size());
    }

    @Test
    void clicksThatSeedsLackAreSummedOverCandidates() {
        ledger.click("c1", "u1");
        ledger.click("c1", "u2");
        ledger.click("c2", "u1");
        assertEquals(2, ledger.uncounted(Map.of("c1", 1)));
        assertEquals(0, ledger.uncounted(Map.of("c1", 3, "c2", 1)));
    }
}
