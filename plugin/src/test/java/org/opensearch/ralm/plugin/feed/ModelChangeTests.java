package org.opensearch.ralm.plugin.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.opensearch.ralm.plugin.TestFeeds;
import org.opensearch.ralm.plugin.metrics.LoggedDocument;

class ModelChangeTests {

    private static final Instant BEGIN = Instant.parse("2026-11-22T12:00:00Z");

    private final Feed feed = TestFeeds.feed("users", "m1", 4);
    private final Feed preparing = feed.preparing("m2", "users-m2", BEGIN);
    private final Feed active = preparing.flipped(Rollout.State.ACTIVE, BEGIN.plusSeconds(90));

    private static ModelChange only(Feed before, Feed now) {
        List<ModelChange> changes = ModelChange.of(before, now);
        assertEquals(1, changes.size());
        return changes.getFirst();
    }

    @Test
    void aNewFeedAndOneWithAnotherModelAreDefined() {
        assertEquals(new ModelChange("news", "defined", "m1", null, 0), only(null, feed));
    }

    @Test
    void aChangeIsToldOfFromItsBeginToItsEnd() {
        assertEquals(new ModelChange("news", "preparing", "m2", "m1", 0), only(feed, preparing));
        assertEquals(new ModelChange("news", "activated", "m2", "m1", 90), only(preparing, active));
        Feed back = active.flipped(Rollout.State.ROLLED_BACK, BEGIN.plusSeconds(100));
        assertEquals(new ModelChange("news", "rolled_back", "m1", "m2", 100), only(active, back));
        Feed cancelled = preparing.with(preparing.rollout().in(Rollout.State.CANCELLED, BEGIN.plusSeconds(3)));
        assertEquals(new ModelChange("news", "cancelled", "m2", "m1", 3), only(preparing, cancelled));
        Feed again = back.preparing("m2", "users-m2", BEGIN.plusSeconds(200));
        assertEquals(new ModelChange("news", "preparing", "m2", "m1", 0), only(back, again));
    }

    @Test
    void whatConcernsNoModelIsNotTold() {
        assertEquals(List.of(), ModelChange.of(feed, feed));
        assertEquals(
                List.of(), ModelChange.of(active, active.with(active.rollout().with(Rollout.Beside.PRUNING))));
    }

    @Test
    void theDocumentHoldsIt() throws IOException {
        Map<String, Object> document = LoggedDocument.of(only(preparing, active));
        assertEquals("rollout", document.get("kind"));
        assertEquals("activated", document.get("event"));
        assertEquals("m1", document.get("previous_model"));
        assertEquals(90.0, document.get("seconds"));
        assertFalse(LoggedDocument.of(only(null, feed)).containsKey("previous_model"));
    }
}
