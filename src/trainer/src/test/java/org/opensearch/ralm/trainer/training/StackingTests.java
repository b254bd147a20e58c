package org.opensearch.ralm.trainer.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opensearch.ralm.representation.FieldRows;
import org.opensearch.ralm.representation.RepresentationModel;
import org.opensearch.ralm.trainer.TinyWorld;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.TimeSplit;
import org.opensearch.ralm.trainer.training.RepresentationOptions.Domain;

/** Several user embeddings, each of its own domain of behaviour, as the input of one look-alike head. */
final class StackingTests {

    private static final Domain PROFILE = new Domain("profile", List.of("continuous", "interest"));
    private static final Domain READS = new Domain("reads", List.of("read"));

    private final Dataset dataset = TinyWorld.dataset();
    private final TimeSplit split = TinyWorld.split(dataset);

    private static TrainingOptions stacked(TrainingOptions options, Domain... domains) {
        return new TrainingOptions(
                options.representation().withDomains(List.of(domains)),
                options.lookalike(),
                options.patience(),
                options.validateBatches(),
                options.seed());
    }

    private Training training(Path checkpoints, Progress progress, Domain... domains) {
        return new Training(dataset, split, stacked(TinyWorld.options(1), domains), checkpoints, progress);
    }

    @Test
    void aHeadIsTrainedOnTheStackOfUnitLengthBlocksAndMasks() {
        Training training = training(null, Progress.SILENT, READS, PROFILE);
        TrainedModel model = training.lookalike("stacked", TinyWorld.options(1).lookalike());
        assertEquals(16 + 16 + 2, model.embedder().dimension());
        assertEquals(34, model.artifact().manifest().universalDimension());
        assertEquals(
                2,
                model.artifact()
                        .manifest()
                        .training()
                        .at("/chosen/representation")
                        .size());

        // At time 0 nobody has read anything.
        DMatrixRMaj early = model.embedder().embed(new int[] {0, 1}, 0);
        DMatrixRMaj late = model.embedder().embed(new int[] {0, 1}, Long.MAX_VALUE);
        for (int user = 0; user < 2; user++) {
            assertEquals(0, norm(early, user, 0));
            assertEquals(1, norm(early, user, 16), 1e-12);
            assertEquals(1, early.get(user, 32));
            assertEquals(0, early.get(user, 33));
            assertEquals(1, norm(late, user, 0), 1e-12);
            assertEquals(0, late.get(user, 32));
        }
    }

    @Test
    void aBlockIsTheEmbeddingThatItsFieldsAloneAreTrainedTo() {
        DMatrixRMaj stacked = training(null, Progress.SILENT, PROFILE, READS)
                .representation()
                .embed(new int[] {3, 4}, Long.MAX_VALUE);
        Dataset reads = dataset.withFields(dataset.fields().stream()
                .filter(field -> field.name().equals("read"))
                .toList());
        DMatrixRMaj alone = new Training(reads, split, TinyWorld.options(1), null, Progress.SILENT)
                .representation()
                .embed(new int[] {3, 4}, Long.MAX_VALUE);
        for (int user = 0; user < 2; user++) {
            for (int d = 0; d < 16; d++) {
                assertEquals(alone.get(user, d) / norm(alone, user, 0), stacked.get(user, 16 + d), 1e-12);
            }
        }
    }

    @Test
    void aStackIsTakenUpFromItsCheckpoints(@TempDir Path directory) {
        Training first = training(directory, Progress.SILENT, READS, PROFILE);
        first.representation();
        Progress none = new Progress() {
            @Override
            public void batch(int samples, double loss) {
                throw new AssertionError("trained again");
            }
        };
        Training again = training(directory, none, READS, PROFILE);
        again.representation();
        assertEquals(first.representationTensors(), again.representationTensors());
        assertFalse(first.representationCurve().isEmpty());
    }

    @Test
    void wrongDomainsAreRefused() {
        Training unknown = training(null, Progress.SILENT, new Domain("x", List.of("reads")));
        String message = assertThrows(IllegalArgumentException.class, unknown::representation)
                .getMessage();
        assertTrue(message.contains("domain [x] names the field [reads], but dataset [tiny] has [interest"), message);
        assertThrows(IllegalArgumentException.class, () -> new Domain("a/b", List.of("read")));
        assertThrows(IllegalArgumentException.class, () -> new Domain("empty", List.of()));
        assertThrows(IllegalArgumentException.class, () -> training(null, Progress.SILENT, READS, READS));
        Training two = training(null, Progress.SILENT, READS, PROFILE);
        assertTrue(assertThrows(IllegalStateException.class, two::itemEmbeddings)
                .getMessage()
                .contains("[domains] stacks 2 user embeddings"));
    }

    @Test
    void fieldWeightsOfAStackStandAtTheirFields() {
        RepresentationModel model = new RepresentationModel(
                training(null, Progress.SILENT, READS, PROFILE).representationTensors());
        FieldEncoder encoder = new FieldEncoder(dataset.fields());
        List<FieldRows> fields =
                encoder.encode(dataset.extractor().extract(new int[] {1}, new long[] {Long.MAX_VALUE}));
        double[][] weights = model.fieldWeights(fields, 0);
        assertEquals(4, weights.length, "two heads a domain");
        int read = encoder.tableNames().indexOf("read");
        assertEquals(1, weights[0][read], 1e-12);
        assertEquals(0, weights[2][read]);
        assertArrayEquals(new int[] {4, 4}, new int[] {weights[0].length, weights[3].length});
    }

    private static double norm(DMatrixRMaj matrix, int row, int from) {
        double sum = 0;
        for (int d = from; d < from + 16; d++) {
            sum += matrix.get(row, d) * matrix.get(row, d);
        }
        return Math.sqrt(sum);
    }
}
