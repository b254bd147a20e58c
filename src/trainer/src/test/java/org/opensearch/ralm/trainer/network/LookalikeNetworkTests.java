package org.opensearch.ralm.trainer.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.pytorch.jni.JniUtils;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opensearch.ralm.artifact.LookalikeForm;
import org.opensearch.ralm.artifact.ModelArtifact;
import org.opensearch.ralm.artifact.ModelManifest;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.cluster.Clusters;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.trainer.network.LookalikeBatch.Candidate;

class LookalikeNetworkTests {

    private static final int UNIVERSAL = 6;
    private static final int DIMENSION = 5;
    private static final int CHOICES = 4;
    private static final int USERS = 7;

    private final Random random = new Random(42);

    private LookalikeNetwork network(boolean paper) {
        LookalikeForm form = paper ? LookalikeForm.PAPER : LookalikeForm.DEFAULT;
        LookalikeObjective objective =
                paper ? new LookalikeObjective(1, 0, false, false, 0) : new LookalikeObjective(3, 1, true, false, 0);
        LookalikeShape shape = new LookalikeShape(UNIVERSAL, DIMENSION, 3, 4, form, 0.3, 0.7);
        LookalikeNetwork network = new LookalikeNetwork(shape, objective, 7);
        for (Parameter parameter : network.dense().parameters()) {
            if (parameter.name().equals("temperature")) {
                continue;
            }
            for (int i = 0; i < parameter.values().length; i++) {
                parameter.values()[i] += (float) (random.nextGaussian() * 0.2);
            }
        }
        return network;
    }

    private LookalikeBatch batch() {
        List<Candidate> candidates = new ArrayList<>();
        for (int candidate = 0; candidate < 9; candidate++) {
            int count = 1 + candidate % 4;
            int[] sizes = random.ints(count, 1, 40).toArray();
            candidates.add(Candidate.frozen(new Clusters(DIMENSION, floats(count * DIMENSION), sizes)));
        }
        int[] choices = random.ints(USERS * CHOICES, 0, candidates.size()).toArray();
        return new LookalikeBatch(floats(USERS * UNIVERSAL), candidates, choices);
    }

    private float[] floats(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    @Test
    void anInterruptedThreadBeginsNoBatch() {
        LookalikeNetwork network = network(false);
        LookalikeBatch batch = batch();
        float[] before = network.dense().parameters().getFirst().values().clone();
        Thread.currentThread().interrupt();
        try {
            assertThrows(CancellationException.class, () -> network.step(batch, 0.1));
            assertThrows(CancellationException.class, () -> network.evaluate(batch));
        } finally {
            assertTrue(Thread.interrupted());
        }
        assertArrayEquals(before, network.dense().parameters().getFirst().values());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void trainingGraphScoresLikeTheServedModel(boolean paper) {
        LookalikeNetwork network = network(paper);
        LookalikeBatch batch = batch();
        LookalikeModel model = new LookalikeModel(artifact(network));
        float[] expected = new float[USERS * CHOICES];
        for (int user = 0; user < USERS; user++) {
            float[] vector =
                    model.transform(Arrays.copyOfRange(batch.users(), user * UNIVERSAL, (user + 1) * UNIVERSAL));
            for (int choice = 0; choice < CHOICES; choice++) {
                Clusters clusters = batch.candidates()
                        .get(batch.choices()[user * CHOICES + choice])
                        .clusters();
                SeedBlock block = model.seedBlock(clusters);
                expected[user * CHOICES + choice] =
                        (float) model.score(vector, block).score();
            }
        }
        assertArrayEquals(expected, network.evaluate(batch).scores(0.3, 0.7), 1e-6f);
    }

    @Test
    void gradientsStayTheSameWhileMemoryIsCollectedAndReused() throws InterruptedException {
        LookalikeNetwork network = network(false);
        LookalikeBatch batch = batch();
        network.backward(batch, Dropout.NONE);
        List<float[]> expected = gradients(network);
        AtomicBoolean done = new AtomicBoolean();
        Thread collecting = Thread.ofPlatform().start(() -> {
            while (done.get() == false) {
                System.gc();
                for (int i = 0; i < 200; i++) {
                    ByteBuffer.allocateDirect(4).putFloat(Float.MAX_VALUE);
                }
            }
        });
        try {
            for (int i = 0; i < 25; i++) {
                network.backward(batch, Dropout.NONE);
                List<float[]> again = gradients(network);
                for (int j = 0; j < expected.size(); j++) {
                    assertArrayEquals(expected.get(j), again.get(j));
                }
            }
        } finally {
            done.set(true);
            collecting.join();
        }
    }

    /** Large enough for the engine to share its work out to threads, whose order must not matter. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void gradientsOfALargeBatchStayTheSameWithSeveralThreads(boolean computedCentroids) {
        LookalikeShape shape = new LookalikeShape(64, 64, 64, 4, LookalikeForm.DEFAULT, 0.3, 0.7);
        LookalikeNetwork network = new LookalikeNetwork(shape, LookalikeObjective.DEFAULT, 7);
        List<Candidate> candidates = new ArrayList<>();
        for (int candidate = 0; candidate < 40; candidate++) {
            Clusters clusters =
                    new Clusters(64, floats(4 * 64), random.ints(4, 1, 40).toArray());
            float[][] members = {floats(64), floats(64 * 3), floats(64 * 2), floats(64 * 3)};
            candidates.add(new Candidate(clusters, computedCentroids ? members : null));
        }
        int[] choices = random.ints(512 * 11, 0, candidates.size()).toArray();
        LookalikeBatch batch = new LookalikeBatch(floats(512 * 64), candidates, choices);
        int threads = JniUtils.getNumThreads();
        JniUtils.setNumThreads(2);
        try {
            assertGradientsStayTheSame(network, batch, 20);
        } finally {
            JniUtils.setNumThreads(threads);
        }
    }

    private static void assertGradientsStayTheSame(LookalikeNetwork network, LookalikeBatch batch, int times) {
        network.backward(batch, Dropout.NONE);
        List<float[]> expected = gradients(network);
        for (int i = 0; i < times; i++) {
            network.backward(batch, Dropout.NONE);
            List<float[]> again = gradients(network);
            for (int j = 0; j < expected.size(); j++) {
                assertArrayEquals(
                        expected.get(j),
                        again.get(j),
                        network.dense().parameters().get(j).name());
            }
        }
    }

    private static List<float[]> gradients(LookalikeNetwork network) {
        List<float[]> gradients = new ArrayList<>();
        for (int i = 0; i < network.dense().parameters().size(); i++) {
            gradients.add(network.dense().gradient(i).clone());
        }
        return gradients;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void lossFallsWhenTheSameBatchIsLearnedAgain(boolean paper) {
        LookalikeNetwork network = network(paper);
        LookalikeBatch batch = batch();
        double first = network.evaluate(batch).loss();
        for (int step = 0; step < 30; step++) {
            network.step(batch, 1e-2);
        }
        assertTrue(network.evaluate(batch).loss() < first);
    }

    @Test
    void restoredNetworkContinuesAsIfItHadNotStopped() {
        LookalikeBatch batch = batch();
        LookalikeNetwork straight = network(false);
        straight.step(batch, 1e-2);
        LookalikeNetwork resumed = network(false);
        resumed.restore(straight.state());
        assertEquals(straight.step(batch, 1e-2), resumed.step(batch, 1e-2));
        assertEquals(straight.tensors(), resumed.tensors());
    }

    private static ModelArtifact artifact(LookalikeNetwork network) {
        LookalikeShape shape = network.shape();
        ModelManifest manifest = new ModelManifest(
                "test",
                shape.universal(),
                shape.dimension(),
                shape.attention(),
                shape.form(),
                shape.clusters(),
                shape.alpha(),
                shape.beta(),
                network.calibration(),
                "0".repeat(64),
                null,
                null);
        return ModelArtifact.of(manifest, network.tensors());
    }
}
