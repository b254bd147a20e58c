package org.opensearch.ralm.trainer.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.opensearch.ralm.artifact.ModelArtifact;
import org.opensearch.ralm.artifact.ModelManifest;
import org.opensearch.ralm.artifact.Safetensors;
import org.opensearch.ralm.artifact.Tensor;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.cluster.KMeans;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.representation.FieldRows;
import org.opensearch.ralm.representation.RepresentationModel;
import org.opensearch.ralm.trainer.TinyWorld;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.network.FieldLayer;
import org.opensearch.ralm.trainer.network.LookalikeBatch;
import org.opensearch.ralm.trainer.network.LookalikeBatch.Candidate;
import org.opensearch.ralm.trainer.network.LookalikeNetwork;
import org.opensearch.ralm.trainer.network.LookalikeObjective;
import org.opensearch.ralm.trainer.network.LookalikeShape;
import org.opensearch.ralm.trainer.network.Merge;
import org.opensearch.ralm.trainer.network.RepresentationBatch;
import org.opensearch.ralm.trainer.network.RepresentationNetwork;
import org.opensearch.ralm.trainer.network.RepresentationShape;
import org.opensearch.ralm.trainer.training.RepresentationOptions.Domain;
import org.opensearch.ralm.trainer.training.RepresentationOptions.Form;

/**
 * What a training leaves on disk, read back by the library that is served with, which knows no engine, scores as the
 * engine does with the weights of the training's own checkpoints.
 */
class ServedScoresTests {

    private static final double TOLERANCE = 1e-6;
    private static final int[] USERS = IntStream.range(0, 40).toArray();
    private static final int CANDIDATES = 12;
    private static final int WIDTH = 16;
    private static final List<Domain> DOMAINS =
            List.of(new Domain("reads", List.of("read")), new Domain("profile", List.of("interest", "continuous")));

    private final Dataset dataset = TinyWorld.dataset();
    private final FieldEncoder encoder = new FieldEncoder(dataset.fields());

    @TempDir
    private Path directory;

    static Stream<Arguments> trainings() {
        TrainingOptions base = TinyWorld.options(1);
        RepresentationOptions heads = base.representation();
        LookalikeOptions head = base.lookalike();
        return Stream.of(
                Arguments.of("default", heads, head),
                Arguments.of(
                        "paper",
                        with(heads, 1, Merge.ATTENTION, FieldLayer.NONE),
                        TinyWorld.lookalike(LookalikeOptions.PAPER)),
                Arguments.of("eight heads, field layers", with(heads, 8, Merge.ATTENTION, FieldLayer.RELU), head),
                Arguments.of("concat", with(heads, 1, Merge.CONCAT, FieldLayer.NONE), head),
                Arguments.of("domains", heads.withDomains(DOMAINS), head),
                Arguments.of("average", heads, head.average()),
                Arguments.of(
                        "chosen weights, learned temperature",
                        heads,
                        head.withChosenWeights().withObjective(new LookalikeObjective(3, 1, true, true, 0.1))));
    }

    private static RepresentationOptions with(RepresentationOptions options, int heads, Merge merge, FieldLayer layer) {
        return options.withForm(new Form(WIDTH, WIDTH, layer, merge, heads));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("trainings")
    void theArtifactReadBackGivesTheTrainersScores(
            String name, RepresentationOptions representation, LookalikeOptions lookalike) throws IOException {
        TrainingOptions options = new TrainingOptions(representation, lookalike, 2, 1000, 1);
        Path checkpoints = directory.resolve("checkpoint");
        Training training = new Training(dataset, TinyWorld.split(dataset), options, checkpoints, Progress.SILENT);
        TrainedModel trained = training.lookalike("m", lookalike);
        trained.artifact().write(directory);
        Files.write(
                directory.resolve("representation.safetensors"), Safetensors.write(training.representationTensors()));

        ModelArtifact artifact = ModelArtifact.read(directory);
        Map<String, Tensor> tensors =
                Safetensors.read(Files.readAllBytes(directory.resolve("representation.safetensors")));
        long[] times = new long[USERS.length];
        Arrays.fill(times, Long.MAX_VALUE);
        List<FieldRows> fields = encoder.encode(dataset.extractor().extract(USERS, times));
        DMatrixRMaj universal = new RepresentationModel(tensors).embed(fields);

        assertClickScores(training, representation, tensors, fields, universal, checkpoints);
        assertScores(trained, artifact, universal, checkpoints);
    }

    /** Phase 1: each user's scores of all items, as a vector of length 1, for the blocks of a stack are. */
    private void assertClickScores(
            Training training,
            RepresentationOptions options,
            Map<String, Tensor> tensors,
            List<FieldRows> fields,
            DMatrixRMaj universal,
            Path checkpoints)
            throws IOException {
        List<Integer> best = bestRounds(training.representationCurve());
        int parts = Math.max(1, options.domains().size());
        assertEquals(parts, best.size());
        for (int part = 0; part < parts; part++) {
            boolean stacked = options.domains().isEmpty() == false;
            String prefix = stacked ? "domain." + part + "." : "";
            String suffix = stacked ? "-" + options.domains().get(part).name() : "";
            Map<String, Tensor> own = new HashMap<>();
            tensors.forEach((name, tensor) -> {
                if (name.startsWith(prefix)) {
                    own.put(name.substring(prefix.length()), tensor);
                }
            });
            RepresentationNetwork network = new RepresentationNetwork(shape(own, options.form()), 1);
            network.restore(state(checkpoints, "representation" + suffix, best.get(part)));
            float[] scores = network.evaluate(new RepresentationBatch(fieldsOf(own, fields), allItems(), new float[0]))
                    .scores();
            double[] items = doubles(own.get("item.table").values());
            for (int user = 0; user < USERS.length; user++) {
                double[] served = new double[TinyWorld.ITEMS];
                double[] trained = new double[TinyWorld.ITEMS];
                for (int item = 0; item < served.length; item++) {
                    trained[item] = scores[user * served.length + item];
                    for (int d = 0; d < WIDTH; d++) {
                        served[item] += universal.get(user, part * WIDTH + d) * items[item * WIDTH + d];
                    }
                }
                if (stacked == false || universal.get(user, parts * WIDTH + part) == 0) {
                    assertArrayEquals(unit(trained), unit(served), TOLERANCE, "user " + user);
                }
            }
        }
    }

    /** Phase 2: the scores of candidates for users. */
    private void assertScores(TrainedModel trained, ModelArtifact artifact, DMatrixRMaj universal, Path checkpoints)
            throws IOException {
        LookalikeModel model = new LookalikeModel(artifact);
        ModelManifest manifest = artifact.manifest();
        LookalikeOptions.Head head = trained.options().head();
        LookalikeShape shape = new LookalikeShape(
                manifest.universalDimension(),
                manifest.dimension(),
                manifest.attentionDimension(),
                manifest.clusters(),
                head.form(),
                head.alpha(),
                head.beta());
        LookalikeNetwork network = new LookalikeNetwork(shape, trained.options().objective(), 1);
        network.restore(state(checkpoints, "lookalike-m", EarlyStopping.best(trained.curve()) + 1));

        float[] users = new float[universal.getNumElements()];
        for (int i = 0; i < users.length; i++) {
            users[i] = (float) universal.data[i];
        }
        List<Candidate> candidates = candidates(model, universal);
        int[] choices = IntStream.range(0, USERS.length * CANDIDATES)
                .map(choice -> choice % CANDIDATES)
                .toArray();
        float[] scores = network.evaluate(new LookalikeBatch(users, candidates, choices))
                .scores(manifest.alpha(), manifest.beta());
        for (int i = 0; i < choices.length; i++) {
            int first = i / CANDIDATES * universal.numCols;
            float[] vector = model.transform(Arrays.copyOfRange(users, first, first + universal.numCols));
            SeedBlock block = model.seedBlock(candidates.get(choices[i]).clusters());
            assertEquals(model.score(vector, block).score(), scores[i], TOLERANCE, "choice " + i);
        }
    }

    /** Candidates whose seeds are some of the users. */
    private static List<Candidate> candidates(LookalikeModel model, DMatrixRMaj universal) {
        DMatrixRMaj vectors = model.transform(universal);
        Random random = new Random(4);
        List<Candidate> candidates = new ArrayList<>();
        for (int candidate = 0; candidate < CANDIDATES; candidate++) {
            float[] seeds = new float[(3 + candidate) * vectors.numCols];
            for (int seed = 0; seed < 3 + candidate; seed++) {
                int user = random.nextInt(USERS.length);
                for (int d = 0; d < vectors.numCols; d++) {
                    seeds[seed * vectors.numCols + d] = (float) vectors.get(user, d);
                }
            }
            KMeans kMeans = new KMeans(model.manifest().clusters(), 15, candidate);
            candidates.add(
                    Candidate.frozen(kMeans.cluster(seeds, vectors.numCols).clusters()));
        }
        return candidates;
    }

    private static RepresentationShape shape(Map<String, Tensor> tensors, Form form) {
        List<Integer> rows = new ArrayList<>();
        while (tensors.containsKey("field." + rows.size() + ".table")) {
            rows.add(tensors.get("field." + rows.size() + ".table").shape()[0]);
        }
        return new RepresentationShape(
                rows,
                TinyWorld.ITEMS,
                form.fieldWidth(),
                form.fieldLayer(),
                form.merge(),
                form.fieldWidth(),
                form.heads(),
                2 * form.dimension(),
                form.dimension());
    }

    private static List<FieldRows> fieldsOf(Map<String, Tensor> tensors, List<FieldRows> fields) {
        List<FieldRows> own = new ArrayList<>();
        if (tensors.containsKey("fields") == false) {
            return fields;
        }
        for (float place : tensors.get("fields").values()) {
            own.add(fields.get((int) place));
        }
        return own;
    }

    private static int[] allItems() {
        return IntStream.range(0, USERS.length * TinyWorld.ITEMS)
                .map(choice -> choice % TinyWorld.ITEMS)
                .toArray();
    }

    /** The number of the best round of each training that a curve holds one after the other. */
    private static List<Integer> bestRounds(List<EpochResult> curve) {
        List<Integer> best = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= curve.size(); i++) {
            if (i == curve.size() || curve.get(i).batches() < curve.get(i - 1).batches()) {
                best.add(EarlyStopping.best(curve.subList(from, i)) + 1);
                from = i;
            }
        }
        return best;
    }

    private static Map<String, Tensor> state(Path checkpoints, String phase, int round) throws IOException {
        return Safetensors.read(Files.readAllBytes(checkpoints.resolve(phase + "-" + round + ".safetensors")));
    }

    private static double[] doubles(float[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }

    private static double[] unit(double[] vector) {
        double norm =
                Math.sqrt(Arrays.stream(vector).map(value -> value * value).sum());
        return Arrays.stream(vector).map(value -> value / norm).toArray();
    }
}
