package org.opensearch.ralm.trainer.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.opensearch.ralm.trainer.TinyWorld;
import org.opensearch.ralm.trainer.data.Block;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.IdLists;
import org.opensearch.ralm.trainer.data.TimeSplit;
import org.opensearch.ralm.trainer.evaluation.Experiment;
import org.opensearch.ralm.trainer.evaluation.Measurement;
import org.opensearch.ralm.trainer.evaluation.Scorer;
import org.opensearch.ralm.trainer.training.EpochResult;
import org.opensearch.ralm.trainer.training.Progress;
import org.opensearch.ralm.trainer.training.Training;

final class YoutubeDnnTests {

    private static final int UNKNOWN = 7;

    private final Dataset dataset = TinyWorld.dataset();

    @Test
    void scoresAreDotProductsAndUnknownItemsHaveNone() {
        Experiment experiment = TinyExperiment.of(dataset);
        Training training =
                experiment.upToTest("youtube-dnn", experiment.options().representation());
        Scorer scorer =
                new YoutubeDnn(training.representation(), training.itemEmbeddings(), item -> item != UNKNOWN, "remark");
        long start = 35 * TinyWorld.DAY;
        int[] users = {4, 9};
        long[] times = {start, start + 77};
        IdLists candidates = new IdLists(new int[] {0, 2, 4}, new int[] {UNKNOWN, 3, 3, 12});
        float[] scores = scorer.score(new Block(start, start + 1, 0, 1), users, times, candidates);

        DMatrixRMaj items = training.itemEmbeddings();
        DMatrixRMaj embedded = training.representation().embed(users, times);
        assertEquals(Scorer.NO_SCORE, scores[0]);
        int[] rows = {0, 0, 1, 1};
        for (int i = 1; i < scores.length; i++) {
            double expected = 0;
            for (int d = 0; d < items.numCols; d++) {
                expected += embedded.get(rows[i], d) * items.get(candidates.id(i), d);
            }
            assertEquals(expected, scores[i], 1e-5);
        }
        assertEquals("remark", scorer.remark().orElseThrow());
    }

    @Test
    void learnsUpToTheTestAndTellsWhatItDoesNotKnow() {
        Experiment experiment = TinyExperiment.of(dataset);
        Scorer scorer = YoutubeDnn.of(experiment);
        Measurement measured = Measurement.of(scorer, experiment.blocks(), dataset.history());
        assertTrue(measured.gauc() > 0.6, measured.toString());
        int cases = measured.cases();
        String remark = scorer.remark().orElseThrow();
        assertTrue(remark.contains(" of " + cases + " test clicks are on items it was never trained on"), remark);
        TimeSplit split = TinyWorld.split(dataset);
        assertEquals(split.test(), split.withPhase1UpToTest().phase2());
    }

    /** RALM's own criterion, how near users are to audiences, would stop it at another epoch than is best for it. */
    @Test
    void stopsByTheClicksItIsLearnedFrom() {
        Experiment experiment = TinyExperiment.of(dataset);
        TimeSplit split = TinyWorld.split(dataset).withPhase1UpToTest();
        Training alone = training(split, experiment);
        Training beforeLookalike = training(new TimeSplit(split.phase2(), split.end(), split.end()), experiment);
        EpochResult first = alone.representationCurve().get(0);
        EpochResult other = beforeLookalike.representationCurve().get(0);
        assertEquals(other.validationLoss(), first.validationLoss());
        assertNotEquals(other.validationAuc(), first.validationAuc());
    }

    private Training training(TimeSplit split, Experiment experiment) {
        return new Training(dataset, split, experiment.options(), null, Progress.SILENT);
    }
}
