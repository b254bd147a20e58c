package org.opensearch.ralm.trainer.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.opensearch.ralm.trainer.TinyWorld;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.Events;
import org.opensearch.ralm.trainer.data.TimeSplit;

/** What training promises as a whole: it repeats itself and does not look ahead. */
final class TrainingTests {

    private final Dataset dataset = TinyWorld.dataset();
    private final TimeSplit split = TinyWorld.split(dataset);

    private TrainedModel train(Dataset data, TimeSplit at, TrainingOptions options) {
        return new Training(data, at, options, null, Progress.SILENT).lookalike("tiny", options.lookalike());
    }

    @Test
    void equalSeedsGiveEqualBytesAndOtherSeedsOtherWeights() {
        TrainedModel first = train(dataset, split, TinyWorld.options(1));
        TrainedModel again = train(dataset, split, TinyWorld.options(1));
        TrainedModel other = train(dataset, split, TinyWorld.options(2));

        assertArrayEquals(first.artifact().weights(), again.artifact().weights());
        assertEquals(first.artifact().manifest(), again.artifact().manifest());
        assertFalse(Arrays.equals(first.artifact().weights(), other.artifact().weights()));
    }

    @ParameterizedTest
    @EnumSource
    void whatHappensFromTheTestOnChangesNothing(RepresentationOptions.Negatives from) {
        TrainingOptions options = withNegatives(TinyWorld.options(3), from);
        Dataset future = otherwiseFrom(split.test());

        TrainedModel model = train(dataset, split, options);
        TrainedModel other = train(
                future,
                new TimeSplit(split.phase2(), split.test(), future.events().size()),
                options);

        assertArrayEquals(model.artifact().weights(), other.artifact().weights());
        assertEquals(model.artifact().manifest(), other.artifact().manifest());
    }

    @ParameterizedTest
    @EnumSource
    void representationDoesNotSeeWhatHappensFromPhaseTwoOn(RepresentationOptions.Negatives from) {
        TrainingOptions options = withNegatives(TinyWorld.options(3), from);
        Dataset future = otherwiseFrom(split.phase2());
        TimeSplit later = new TimeSplit(
                split.phase2(), future.events().size() - 1, future.events().size());

        assertEquals(
                new Training(dataset, split, options, null, Progress.SILENT).representationTensors(),
                new Training(future, later, options, null, Progress.SILENT).representationTensors());
    }

    @Test
    void itemsThatPhaseOneNeverSawClickedAreNotKnown() {
        Events events = dataset.events();
        Events.Builder without = new Events.Builder();
        int phase2 = 0;
        for (int event = 0; event < events.size(); event++) {
            boolean early = event < split.phase2();
            if (early == false || events.item(event) != 7) {
                without.add(events.user(event), events.item(event), events.time(event));
                phase2 += early ? 1 : 0;
            }
        }
        Training training = new Training(
                TinyWorld.dataset(without.build()),
                new TimeSplit(phase2, without.size() - 100, without.size()),
                TinyWorld.options(1),
                null,
                Progress.SILENT);

        assertFalse(training.isKnown(7));
        assertTrue(training.isKnown(0));
        assertEquals(TinyWorld.ITEMS, training.itemEmbeddings().numRows);
        assertEquals(training.representation().dimension(), training.itemEmbeddings().numCols);
        assertTrue(norm(training.itemEmbeddings(), 0) > 10 * norm(training.itemEmbeddings(), 7));
    }

    private static double norm(DMatrixRMaj matrix, int row) {
        return NormOps_DDRM.normF(CommonOps_DDRM.extractRow(matrix, row, null));
    }

    /** The same past; from an event on, each user clicks a third of all items within hours. */
    private Dataset otherwiseFrom(int event) {
        Random random = new Random(8);
        Events.Builder builder = new Events.Builder();
        Events events = dataset.events();
        for (int past = 0; past < event; past++) {
            builder.add(events.user(past), events.item(past), events.time(past));
        }
        for (int click = 0; click < TinyWorld.USERS * TinyWorld.ITEMS / 3; click++) {
            long time = events.time(event) + random.nextInt(20_000);
            builder.add(random.nextInt(TinyWorld.USERS), random.nextInt(TinyWorld.ITEMS), time);
        }
        Dataset other = TinyWorld.dataset(builder.build());
        assertTrue(other.events().time(event) >= events.time(event));
        return other;
    }

    private static TrainingOptions withNegatives(TrainingOptions options, RepresentationOptions.Negatives from) {
        RepresentationOptions like = options.representation();
        RepresentationOptions.Sampling sampling = like.sampling();
        RepresentationOptions changed = like.withSampling(new RepresentationOptions.Sampling(
                sampling.maxPositives(), sampling.negatives(), from, true, sampling.thinning()));
        return new TrainingOptions(
                changed, options.lookalike(), options.patience(), options.validateBatches(), options.seed());
    }
}
