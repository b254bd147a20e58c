package org.opensearch.ralm.trainer.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.opensearch.ralm.trainer.TinyWorld;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.Events;
import org.opensearch.ralm.trainer.data.TimeSplit;

/** Data that nothing can be learned from is refused with what is missing. */
final class UntrainableDataTests {

    private static final TrainingOptions OPTIONS = TinyWorld.options(1);

    private static String refusal(Dataset dataset, TimeSplit split) {
        Training training = new Training(dataset, split, OPTIONS, null, Progress.SILENT);
        return assertThrows(IllegalArgumentException.class, () -> training.lookalike("tiny", OPTIONS.lookalike()))
                .getMessage();
    }

    @Test
    void withoutFields() {
        Dataset tiny = TinyWorld.dataset();
        Dataset bare = Dataset.of("bare", tiny.users(), tiny.items(), List.of(), tiny.events(), List.of());
        assertEquals(
                "dataset [bare] has no user fields, but a representation is learned from one or more",
                refusal(bare, TinyWorld.split(bare)));
    }

    @Test
    void withTooFewClicksForTheRepresentation() {
        Dataset tiny = TinyWorld.dataset();
        assertEquals(
                "dataset [tiny] has 9 clicks to learn a representation from, too few to hold a share of them out",
                refusal(tiny, new TimeSplit(9, 2_000, tiny.events().size())));
    }

    @Test
    void withoutItemsOfEnoughSeeds() {
        Events.Builder events = new Events.Builder();
        for (int click = 0; click < 300; click++) {
            events.add(click % TinyWorld.USERS, click % TinyWorld.ITEMS, click);
        }
        Dataset sparse = TinyWorld.dataset(events.build());
        assertEquals(
                "no item has [min_seeds] 5 seeds and later clicks in the look-alike span of [tiny]: give more events "
                        + "or a lower min_seeds",
                refusal(sparse, new TimeSplit(200, 290, 300)));
    }

    @Test
    void withoutCandidatesToDrawAgainstAClick() {
        // Everybody clicks item 0 only: nobody else's click can be drawn against it.
        Events.Builder events = new Events.Builder();
        for (int user = 0; user < TinyWorld.USERS; user++) {
            events.add(user, 1 + user % 59, user);
            events.add(user, 0, 1_000 + user * 5_000L);
        }
        Dataset same = TinyWorld.dataset(events.build());
        assertEquals(
                "no click of the [1] blocks held out has a candidate that can be drawn against it: give more events or "
                        + "a lower min_seeds",
                refusal(same, new TimeSplit(200, 300, 300)));
    }
}
