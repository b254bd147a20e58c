package org.opensearch.ralm.artifacts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.opensearch.ralm.artifact.LookalikeForm;
import org.opensearch.ralm.artifact.ModelArtifact;
import org.opensearch.ralm.artifact.ModelManifest;
import org.opensearch.ralm.cluster.KMeans;
import org.opensearch.ralm.lookalike.LookalikeModel;

class DemoModelTests {

    private static final int SEEDS = 200;
    private static final int USERS = 50;

    @Test
    void itIsAValidArtifactOfTheDefaultForm() throws IOException {
        ModelManifest manifest = ModelArtifact.read(Published.DEMO).manifest();
        assertEquals("demo", manifest.id());
        assertEquals(LookalikeForm.DEFAULT, manifest.form());
    }

    @Test
    void itFitsTheSchema() throws IOException {
        assertEquals(Set.of(), Published.validator().validate(Published.demoManifest()));
    }

    /** So that the schema describes all that training records. */
    @Test
    void itsTrainingRecordIsOneTheSchemaDescribes() throws IOException {
        JsonNode schema = Published.schema();
        JsonNode training = Published.demoManifest().get("training");
        assertEquals(names(schema.at("/properties/training/properties")), names(training));
        Set<String> epoch = names(schema.at("/$defs/epochs/items/properties"));
        assertEquals(epoch, names(training.at("/representation/0")));
        assertEquals(epoch, names(training.at("/lookalike/0")));
    }

    @Test
    void itScoresFinitelyAndPrefersUsersLikeTheSeeds() throws IOException {
        ModelArtifact artifact = ModelArtifact.read(Published.DEMO);
        LookalikeModel model = new LookalikeModel(artifact);
        int width = artifact.manifest().universalDimension();
        Random random = new Random(1);
        double[] taste = gaussian(random, width);
        DMatrixRMaj seeds = model.transform(usersNear(taste, SEEDS, random));
        float[] points = new float[seeds.getNumElements()];
        for (int i = 0; i < points.length; i++) {
            points[i] = (float) seeds.data[i];
        }
        var scorer = model.scorer(model.seedBlock(
                new KMeans(20, 15, 1).cluster(points, model.dimension()).clusters()));
        DMatrixRMaj alike = model.transform(usersNear(taste, USERS, random));
        DMatrixRMaj others = model.transform(usersNear(new double[width], USERS, random));
        double[] alikeScores = scorer.scores(alike, model.localQueries(alike));
        double[] otherScores = scorer.scores(others, model.localQueries(others));
        for (double score : alikeScores) {
            assertTrue(score >= -1 && score <= 1, Double.toString(score));
            double probability = artifact.manifest().calibration().probability(score);
            assertTrue(probability > 0 && probability < 1, Double.toString(probability));
        }
        assertTrue(mean(alikeScores) > mean(otherScores));
    }

    @Test
    void itKnowsTheMeanOfItsUsers() throws IOException {
        LookalikeModel model = new LookalikeModel(ModelArtifact.read(Published.DEMO));
        double squares = 0;
        for (float value : model.meanUser().orElseThrow()) {
            squares += value * value;
        }
        assertTrue(squares > 0 && squares < 1, "unlike users have a mean of less than length 1: " + squares);
    }

    @Test
    void itIsTwoSmallFiles() throws IOException {
        try (Stream<Path> files = Files.list(Published.DEMO)) {
            assertEquals(
                    Set.of(ModelArtifact.MANIFEST_FILE, ModelArtifact.WEIGHTS_FILE),
                    new TreeSet<>(
                            files.map(file -> file.getFileName().toString()).toList()));
        }
        assertTrue(Files.size(Published.DEMO.resolve(ModelArtifact.WEIGHTS_FILE)) < 200_000);
    }

    private static DMatrixRMaj usersNear(double[] taste, int count, Random random) {
        DMatrixRMaj users = new DMatrixRMaj(count, taste.length);
        for (int i = 0; i < users.getNumElements(); i++) {
            users.data[i] = 2 * taste[i % taste.length] + random.nextGaussian();
        }
        return users;
    }

    private static double[] gaussian(Random random, int size) {
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = random.nextGaussian();
        }
        return values;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
