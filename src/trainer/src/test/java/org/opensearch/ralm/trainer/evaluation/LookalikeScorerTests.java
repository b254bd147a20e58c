package org.opensearch.ralm.trainer.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opensearch.ralm.artifact.ModelArtifact;
import org.opensearch.ralm.artifact.Safetensors;
import org.opensearch.ralm.artifact.Tensor;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.cluster.CandidateClustering;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.representation.RepresentationModel;
import org.opensearch.ralm.trainer.TinyWorld;
import org.opensearch.ralm.trainer.baseline.Popularity;
import org.opensearch.ralm.trainer.data.Block;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.Events;
import org.opensearch.ralm.trainer.data.IdLists;
import org.opensearch.ralm.trainer.data.SeedIndex;
import org.opensearch.ralm.trainer.data.TimeSplit;
import org.opensearch.ralm.trainer.training.LookalikeOptions;
import org.opensearch.ralm.trainer.training.Progress;
import org.opensearch.ralm.trainer.training.TrainedModel;
import org.opensearch.ralm.trainer.training.Training;
import org.opensearch.ralm.trainer.training.TrainingOptions;
import org.opensearch.ralm.trainer.training.UserEmbedder;

/** Trained heads on a made-up feed: that they learned something, and how they are scored. */
final class LookalikeScorerTests {

    private static final TrainingOptions OPTIONS = TinyWorld.options(1);
    private static final Dataset DATASET = TinyWorld.dataset();
    private static final Events EVENTS = DATASET.events();
    private static final SeedIndex SEEDS = SeedIndex.of(EVENTS, TinyWorld.ITEMS);
    private static final TimeSplit SPLIT = TinyWorld.split(DATASET);
    private static final Protocol PROTOCOL = new Protocol(5, 5, 9);
    private static final List<TestBlock> BLOCKS = PROTOCOL.testBlocks(DATASET, SEEDS, SPLIT);

    private static Training training;
    private static TrainedModel trained;

    @TempDir
    private Path directory;

    @BeforeAll
    static void train() {
        training = new Training(DATASET, SPLIT, OPTIONS, null, Progress.SILENT);
        trained = training.lookalike("tiny", OPTIONS.lookalike());
    }

    private static LookalikeScorer scorer(TrainedModel model) {
        return new LookalikeScorer(model, SEEDS, DATASET);
    }

    private static Measurement measure(Scorer scorer) {
        return Measurement.of(scorer, BLOCKS, DATASET.history());
    }

    @Test
    void trainedModelBeatsPopularityAndChanceByFar() {
        Measurement popularity = measure(new Popularity(SEEDS, Popularity.ALL_TIME));
        Measurement ralm = measure(scorer(trained));
        assertTrue(ralm.gauc() > 0.66, ralm.toString());
        assertTrue(ralm.gauc() > popularity.gauc() + 0.12, ralm + " against " + popularity);
        assertTrue(ralm.auc() > popularity.auc() + 0.12, ralm + " against " + popularity);
    }

    @Test
    void thePapersFormAndTheAverageLearnToo() {
        LookalikeOptions paper = TinyWorld.lookalike(LookalikeOptions.PAPER);
        Measurement paperForm = measure(scorer(training.lookalike("paper", paper)));
        assertTrue(paperForm.gauc() > 0.61, paperForm.toString());
        TrainedModel average = training.lookalike("average", OPTIONS.lookalike().average());
        Measurement averageForm = measure(scorer(average));
        assertTrue(averageForm.gauc() > 0.66, averageForm.toString());
        assertEquals(1, average.artifact().manifest().clusters());
    }

    @Test
    void theTrainingRecordSaysHowItWent() {
        var record = trained.artifact().manifest().training();
        assertEquals("tiny", record.get("data").asText());
        assertEquals(SPLIT.phase2(), record.get("events_phase_1").asInt());
        var epochs = record.get("lookalike");
        assertTrue(epochs.size() >= 1
                && epochs.size() <= OPTIONS.lookalike().schedule().epochs());
        assertTrue(epochs.get(epochs.size() - 1).get("loss").asDouble()
                < epochs.get(0).get("loss").asDouble());
        assertEquals(
                List.of("interest", "read", "continuous").toString(),
                trained.artifact()
                        .manifest()
                        .features()
                        .toString()
                        .replace("\"", "")
                        .replace(",", ", "));
    }

    @Test
    void artifactReadBackFromDiskScoresEqual() throws IOException {
        trained.artifact().write(directory);
        Path representation = directory.resolve("representation.safetensors");
        Files.write(representation, Safetensors.write(training.representationTensors()));

        ModelArtifact artifact = ModelArtifact.read(directory);
        Map<String, Tensor> tensors = Safetensors.read(Files.readAllBytes(representation));
        UserEmbedder embedder = new UserEmbedder(DATASET, new RepresentationModel(tensors));
        TrainedModel read =
                new TrainedModel(artifact, new LookalikeModel(artifact), embedder, OPTIONS.lookalike(), List.of());

        TestBlock block = BLOCKS.get(0);
        IdLists candidates = candidates(block);
        assertArrayEquals(
                scorer(trained).score(block.block(), block.users(), block.times(), candidates),
                scorer(read).score(block.block(), block.users(), block.times(), candidates));
    }

    @Test
    void scoresAreThoseOfTheSeedBlocksOfTheSeedsBeforeTheBlock() {
        LookalikeScorer scorer = scorer(trained);
        for (TestBlock block : BLOCKS) {
            IdLists candidates = candidates(block);
            float[] scores = scorer.score(block.block(), block.users(), block.times(), candidates);
            for (int row = 0; row < Math.min(5, block.cases()); row++) {
                for (int position = candidates.start(row); position < candidates.end(row); position++) {
                    double expected =
                            naiveScore(block.users()[row], block.times()[row], candidates.id(position), block.block());
                    assertEquals(expected, scores[position], 1e-5);
                }
            }
        }
    }

    private static double naiveScore(int user, long time, int item, Block block) {
        LookalikeModel model = trained.model();
        int[] seeds = SEEDS.seedsOf(item, block.start(), OPTIONS.lookalike().maxSeeds());
        SortedMap<String, float[]> vectors = new TreeMap<>();
        for (int seed : seeds) {
            vectors.put(
                    DATASET.users().name(seed),
                    floats(model.transform(trained.embedder().embed(new int[] {seed}, block.start()))));
        }
        SeedBlock candidate =
                model.seedBlock(new CandidateClustering(OPTIONS.lookalike().clusters(), CandidateClustering.SAMPLE_SIZE)
                        .cluster(DATASET.items().name(item), vectors));
        float[] vector = floats(model.transform(trained.embedder().embed(new int[] {user}, time)));
        return model.score(vector, candidate).score();
    }

    @Test
    void rowsWithoutCandidatesAreNoObstacle() {
        TestBlock block = BLOCKS.get(0);
        int item = block.pool()[0];
        IdLists candidates = new IdLists.Builder()
                .endRow()
                .add(item)
                .endRow()
                .endRow()
                .add(item)
                .endRow()
                .build();
        int[] users = {3, 4, 5, 4};
        long[] times = new long[4];
        Arrays.fill(times, block.block().start());
        float[] scores = scorer(trained).score(block.block(), users, times, candidates);
        assertEquals(2, scores.length);
        assertEquals(scores[0], scores[1]);
        assertEquals(naiveScore(4, times[0], item, block.block()), scores[0], 1e-5);
    }

    @Test
    void refusesACandidateWithFewerSeedsThanTheModelNeeds() {
        Block beginning = new Block(EVENTS.time(0), EVENTS.time(0) + 1, 0, 1);
        IdLists candidates = new IdLists.Builder().add(7).endRow().build();
        String message = assertThrows(IllegalArgumentException.class, () -> scorer(trained)
                        .score(beginning, new int[] {0}, new long[] {beginning.start()}, candidates))
                .getMessage();
        assertEquals("item [i7] has 0 seeds before the block, but the model needs [min_seeds] 5", message);
    }

    private static IdLists candidates(TestBlock block) {
        IdLists.Builder candidates = new IdLists.Builder();
        for (int row = 0; row < block.cases(); row++) {
            candidates.add(block.items()[row]);
            for (int i = block.negatives().start(row); i < block.negatives().end(row); i++) {
                candidates.add(block.negatives().id(i));
            }
            candidates.endRow();
        }
        return candidates.build();
    }

    private static float[] floats(DMatrixRMaj matrix) {
        float[] values = new float[matrix.getNumElements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) matrix.data[i];
        }
        return values;
    }
}
