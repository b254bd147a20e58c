package org.opensearch.ralm.trainer.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.opensearch.ralm.artifact.Tensor;
import org.opensearch.ralm.representation.FieldRows;

class RepresentationNetworkTests {

    private static final int USERS = 6;
    private static final int CHOICES = 4;
    private static final RepresentationShape SHAPE = shape(FieldLayer.NONE, Merge.ATTENTION, 2);

    private final Random random = new Random(11);
    private final RepresentationNetwork network = new RepresentationNetwork(SHAPE, 3);

    private static RepresentationShape shape(FieldLayer fieldLayer, Merge merge, int heads) {
        return new RepresentationShape(List.of(7, 5), 20, 4, fieldLayer, merge, 3, heads, 8, 6);
    }

    /** Each form of phase 1; its other options say what is shown to the network, or when it stops. */
    private static List<Arguments> shapes() {
        return List.of(
                Arguments.of("paper: one head", shape(FieldLayer.NONE, Merge.ATTENTION, 1)),
                Arguments.of("default: four heads", shape(FieldLayer.NONE, Merge.ATTENTION, 4)),
                Arguments.of("eight heads", shape(FieldLayer.NONE, Merge.ATTENTION, 8)),
                Arguments.of("attention, layers of fields", shape(FieldLayer.RELU, Merge.ATTENTION, 2)),
                Arguments.of("concat", shape(FieldLayer.NONE, Merge.CONCAT, 1)),
                Arguments.of("concat, layers of fields", shape(FieldLayer.RELU, Merge.CONCAT, 1)));
    }

    /** User 0 lacks both fields, user 1 the second. */
    private RepresentationBatch batch() {
        return batch(List.of(field(7, 1, false), field(5, 2, false)));
    }

    private RepresentationBatch batch(List<FieldRows> fields) {
        return new RepresentationBatch(
                fields, random.ints(USERS * CHOICES, 0, SHAPE.items()).toArray(), new float[0]);
    }

    /**
     * @param numbers whether values weigh as much as some numbers say, and not all the same
     */
    private FieldRows field(int rows, int firstPresent, boolean numbers) {
        int[] offsets = new int[USERS + 1];
        List<Integer> ids = new ArrayList<>();
        List<Float> weights = new ArrayList<>();
        for (int user = 0; user < USERS; user++) {
            int count = user < firstPresent ? 0 : 1 + random.nextInt(3);
            for (int i = 0; i < count; i++) {
                ids.add(random.nextInt(rows));
                weights.add(numbers ? random.nextFloat() : 1f / count);
            }
            offsets[user + 1] = ids.size();
        }
        float[] weightValues = new float[weights.size()];
        for (int i = 0; i < weightValues.length; i++) {
            weightValues[i] = weights.get(i);
        }
        return new FieldRows(offsets, ids.stream().mapToInt(Integer::intValue).toArray(), weightValues);
    }

    /** A network away from the small first values, where half the hidden units sit on the kink of their ReLU. */
    private RepresentationNetwork disturbed(RepresentationShape shape) {
        RepresentationNetwork disturbed = new RepresentationNetwork(shape, 3);
        for (Parameter parameter : disturbed.parameters()) {
            for (int i = 0; i < parameter.values().length; i++) {
                parameter.values()[i] += (float) (random.nextGaussian() * 0.5);
            }
        }
        return disturbed;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void everyGradientMatchesCentralDifferencesOfTheServedModelsLoss(String name, RepresentationShape shape) {
        RepresentationNetwork disturbed = disturbed(shape);
        assertGradients(disturbed, batch());
    }

    @Test
    void gradientsOfFieldsOfNumbersMatchCentralDifferences() {
        RepresentationNetwork disturbed = disturbed(shape(FieldLayer.NONE, Merge.ATTENTION, 1));
        assertGradients(disturbed, batch(List.of(field(7, 1, false), field(5, 2, true))));
    }

    private static void assertGradients(RepresentationNetwork disturbed, RepresentationBatch batch) {
        disturbed.backward(batch);
        for (Parameter parameter : disturbed.parameters()) {
            float[] gradient = disturbed.gradient(parameter.name());
            Gradients.assertMatchesEachCentralDifference(parameter, gradient, () -> servedLoss(disturbed, batch));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void gradientsOfCorrectedScoresMatchCentralDifferences(String name, RepresentationShape shape) {
        RepresentationNetwork disturbed = disturbed(shape);
        RepresentationBatch plain = batch();
        float[] corrections = new float[USERS * CHOICES];
        for (int i = 0; i < corrections.length; i++) {
            corrections[i] = -6 * random.nextFloat();
        }
        RepresentationBatch batch = new RepresentationBatch(plain.fields(), plain.items(), corrections);
        assertEquals(servedLoss(disturbed, batch), disturbed.evaluate(batch).loss(), 1e-5);
        assertGradients(disturbed, batch);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void lossEqualsTheOneComputedFromTheServedModel(String name, RepresentationShape shape) {
        RepresentationNetwork disturbed = disturbed(shape);
        RepresentationBatch batch = batch();
        assertEquals(servedLoss(disturbed, batch), disturbed.evaluate(batch).loss(), 1e-5);
    }

    /** Equations (4) and (5) in double precision over the embeddings of the model that is served. */
    private static double servedLoss(RepresentationNetwork network, RepresentationBatch batch) {
        DMatrixRMaj users = network.model().embed(batch.fields());
        Tensor items = network.tensors().get("item.table");
        float[] corrections = batch.corrections();
        double loss = 0;
        for (int user = 0; user < USERS; user++) {
            double[] scores = new double[CHOICES];
            for (int choice = 0; choice < CHOICES; choice++) {
                int item = batch.items()[user * CHOICES + choice];
                scores[choice] = corrections.length == 0 ? 0 : -corrections[user * CHOICES + choice];
                for (int d = 0; d < SHAPE.dimension(); d++) {
                    scores[choice] += users.get(user, d) * items.values()[item * SHAPE.dimension() + d];
                }
            }
            double sum = Arrays.stream(scores).map(Math::exp).sum();
            loss -= Math.log(Math.exp(scores[0]) / sum) / USERS;
        }
        return loss;
    }

    @Test
    void concatenationHasNoFieldWeightsAndItsUsersWithoutFieldsAreStillEmbedded() {
        RepresentationNetwork concat = disturbed(shape(FieldLayer.RELU, Merge.CONCAT, 1));
        RepresentationBatch batch = batch();
        assertEquals(0, concat.model().fieldWeights(batch.fields(), 1).length);
        DMatrixRMaj users = concat.model().embed(batch.fields());
        for (int d = 0; d < SHAPE.dimension(); d++) {
            assertTrue(Double.isFinite(users.get(0, d)));
        }
    }

    @Test
    void fieldWeightsSumToOneAndMaskMissingFields() {
        RepresentationBatch batch = batch();
        for (double[] head : network.model().fieldWeights(batch.fields(), 1)) {
            assertEquals(1, Arrays.stream(head).sum(), 1e-12);
            assertEquals(0, head[1]);
            assertEquals(0, head[2]);
        }
        for (double[] head : network.model().fieldWeights(batch.fields(), 0)) {
            assertEquals(1, head[2], 1e-12);
        }
    }

    @Test
    void rowsThatNeverHadAGradientStayAsTheyAre() {
        RepresentationBatch batch = batch();
        float[] before = network.tensors().get("item.table").values();
        network.step(batch, 1e-2);
        float[] after = network.tensors().get("item.table").values();
        for (int item = 0; item < SHAPE.items(); item++) {
            int wanted = item;
            boolean used = Arrays.stream(batch.items()).anyMatch(id -> id == wanted);
            float[] rowBefore = Arrays.copyOfRange(before, item * 6, item * 6 + 6);
            float[] rowAfter = Arrays.copyOfRange(after, item * 6, item * 6 + 6);
            assertEquals(used == false, Arrays.equals(rowBefore, rowAfter), "item " + item);
        }
    }

    @Test
    void restoredNetworkContinuesAsIfItHadNotStopped() {
        RepresentationBatch batch = batch();
        network.step(batch, 1e-2);
        RepresentationNetwork resumed = new RepresentationNetwork(SHAPE, 99);
        resumed.restore(network.state());
        assertEquals(network.step(batch, 1e-2), resumed.step(batch, 1e-2));
        assertEquals(network.tensors(), resumed.tensors());
    }

    @Test
    void lossFallsWhenTheSameBatchIsLearnedAgain() {
        RepresentationBatch batch = batch();
        double first = network.evaluate(batch).loss();
        for (int step = 0; step < 30; step++) {
            network.step(batch, 1e-2);
        }
        assertTrue(network.evaluate(batch).loss() < first);
    }
}
