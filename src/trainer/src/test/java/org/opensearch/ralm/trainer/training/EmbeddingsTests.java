package org.opensearch.ralm.trainer.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.opensearch.ralm.artifact.ModelArtifact;
import org.opensearch.ralm.trainer.TinyWorld;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.TimeSplit;

/** Embeddings that are kept, and those made anew for want of room. */
final class EmbeddingsTests {

    private static final int WIDTH = 6;
    private static final long NOW = 20 * TinyWorld.DAY;

    private final Dataset dataset = TinyWorld.dataset();
    private final UserEmbedder embedder = Fixtures.untrainedEmbedder(dataset, WIDTH);
    private final int[] users = IntStream.range(0, TinyWorld.USERS).toArray();

    private Embeddings embeddings(EmbeddingRoom room) {
        return new Embeddings(embedder, room, users, NOW);
    }

    @Test
    void areKeptAsLongAsThereIsRoom() {
        long bytes = (long) users.length * WIDTH * Float.BYTES;
        EmbeddingRoom room = new EmbeddingRoom(2 * bytes - 1);
        Embeddings first = embeddings(room);
        Embeddings second = embeddings(room);
        assertSame(first.rows(), first.rows());
        assertNotSame(second.rows(), second.rows());
    }

    @Test
    void areTheSameMadeAnew() {
        Embeddings anew = embeddings(new EmbeddingRoom(0));
        assertRows(embedder.embed(users, NOW), anew.rows());
        assertRows(embedder.embed(users, NOW), anew.rows());
    }

    @Test
    void aTrainingWithoutRoomForThemEndsWithTheSameBytes() {
        TimeSplit split = TinyWorld.split(dataset);
        assertArrayEquals(
                trained(split, new EmbeddingRoom(Long.MAX_VALUE)).weights(),
                trained(split, new EmbeddingRoom(0)).weights());
    }

    private ModelArtifact trained(TimeSplit split, EmbeddingRoom room) {
        LookalikeOptions options = TinyWorld.options(3).lookalike();
        LookalikeTrainer trainer = new LookalikeTrainer(
                dataset, embedder, split.phase2(), split.test(), "tiny", options, 3, room, Progress.SILENT);
        for (int epoch = 0; epoch < 2; epoch++) {
            int batches = trainer.batchesPerEpoch();
            trainer.run(epoch * batches, (epoch + 1) * batches);
        }
        return trainer.artifact(null, scores -> null);
    }

    private static void assertRows(DMatrixRMaj expected, FloatRows actual) {
        assertEquals(expected.numRows, actual.count());
        for (int row = 0; row < expected.numRows; row++) {
            for (int d = 0; d < expected.numCols; d++) {
                assertEquals((float) expected.get(row, d), actual.value(row, d));
            }
        }
    }
}
