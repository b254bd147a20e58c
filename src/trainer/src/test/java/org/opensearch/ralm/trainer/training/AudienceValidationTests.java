package org.opensearch.ralm.trainer.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.opensearch.ralm.trainer.TinyWorld;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.Events;
import org.opensearch.ralm.trainer.data.TimeSplit;

/** What phase 1 stops by: whether users are near the audiences of what they click. */
final class AudienceValidationTests {

    private final Dataset dataset = TinyWorld.dataset();
    private final TimeSplit split = TinyWorld.split(dataset);

    @Test
    void embeddingsThatWereTrainedTellAudiencesApart() {
        AudienceValidation validation = new AudienceValidation(dataset, split.phase2(), split.test(), 1);
        assertFalse(validation.isEmpty());
        double untrained = validation.auc(Fixtures.untrainedEmbedder(dataset, 16));
        double trained = validation.auc(
                new Training(dataset, split, TinyWorld.options(1), null, Progress.SILENT).representation());
        assertTrue(trained > untrained + 0.05, trained + " after training, " + untrained + " before");
        assertTrue(trained > 0.6, "trained " + trained);
    }

    @Test
    void equalSeedsGiveEqualCases() {
        UserEmbedder embedder = Fixtures.untrainedEmbedder(dataset, 16);
        double auc = new AudienceValidation(dataset, split.phase2(), split.test(), 7).auc(embedder);
        assertEquals(auc, new AudienceValidation(dataset, split.phase2(), split.test(), 7).auc(embedder));
    }

    @Test
    void isEmptyWhereNoItemHasAnAudience() {
        Events.Builder events = new Events.Builder();
        for (int click = 0; click < 40; click++) {
            events.add(click % 10, click % 20, click);
        }
        assertTrue(new AudienceValidation(TinyWorld.dataset(events.build()), 20, 40, 1).isEmpty());
    }
}
