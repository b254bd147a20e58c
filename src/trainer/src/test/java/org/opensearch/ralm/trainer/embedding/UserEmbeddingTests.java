package org.opensearch.ralm.trainer.embedding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opensearch.ralm.artifact.InvalidArtifactException;
import org.opensearch.ralm.artifact.Safetensors;
import org.opensearch.ralm.artifact.UserVectors;
import org.opensearch.ralm.trainer.TinyWorld;
import org.opensearch.ralm.trainer.data.Attribute;
import org.opensearch.ralm.trainer.data.CategoricalField;
import org.opensearch.ralm.trainer.data.ContinuousField;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.Events;
import org.opensearch.ralm.trainer.data.Field;
import org.opensearch.ralm.trainer.data.FieldKind;
import org.opensearch.ralm.trainer.data.HistoryField;
import org.opensearch.ralm.trainer.data.IdLists;
import org.opensearch.ralm.trainer.data.Vocabulary;
import org.opensearch.ralm.trainer.training.Progress;
import org.opensearch.ralm.trainer.training.RepresentationOptions.Domain;
import org.opensearch.ralm.trainer.training.TrainedModel;
import org.opensearch.ralm.trainer.training.Training;
import org.opensearch.ralm.trainer.training.TrainingOptions;
import org.opensearch.ralm.trainer.training.UserSnapshot;

class UserEmbeddingTests {

    private static final Dataset DATASET = TinyWorld.dataset();
    private static final int DIMENSION = 16;

    @TempDir
    private static Path modelDirectory;

    @TempDir
    private Path directory;

    @BeforeAll
    static void train() throws IOException {
        train(TinyWorld.options(1), modelDirectory);
    }

    private static void train(TrainingOptions options, Path directory) throws IOException {
        Training training = new Training(DATASET, TinyWorld.split(DATASET), options, null, Progress.SILENT);
        TrainedModel trained = training.lookalike("tiny", options.lookalike());
        new UserSnapshot(DATASET.events().time(DATASET.events().size() - 1) + 1, trained, DATASET.users())
                .write(directory, trained.artifact());
        Files.write(
                directory.resolve(EmbeddingModel.REPRESENTATION_FILE),
                Safetensors.write(training.representationTensors()));
        FieldDictionaries.write(DATASET, directory);
    }

    @Test
    void aUserOfTheTrainingGetsTheVectorThatTrainingWrote() throws IOException {
        Map<String, float[]> written = vectors(modelDirectory);

        Map<String, float[]> embedded = embedded(DATASET, Shard.ALL);

        assertEquals(written.keySet(), embedded.keySet());
        written.forEach((user, vector) -> assertArrayEquals(vector, embedded.get(user), 1e-6f, user));
    }

    @Test
    void soItDoesWhereEmbeddingsOfSeveralDomainsAreStacked() throws IOException {
        TrainingOptions plain = TinyWorld.options(1);
        List<Domain> domains = List.of(
                new Domain("profile", List.of("interest", "continuous")), new Domain("behaviour", List.of("read")));
        Path stacked = directory.resolve("stacked");
        TrainingOptions stacking = new TrainingOptions(
                plain.representation().withDomains(domains),
                plain.lookalike(),
                plain.patience(),
                plain.validateBatches(),
                plain.seed());
        train(stacking, stacked);
        Path folder = Files.createDirectories(directory.resolve("embedded"));

        new UserEmbedding(EmbeddingModel.read(stacked), DATASET, 1000)
                .write(folder.resolve(UserVectors.FILE), Shard.ALL, done -> {});

        Map<String, float[]> embedded = vectors(folder);
        vectors(stacked).forEach((user, vector) -> assertArrayEquals(vector, embedded.get(user), 1e-6f, user));
    }

    /** Ids are numbered by the order in which they are met, and numbers scaled by what is met: both differ here. */
    @Test
    void otherDataGivesTheSameUsersTheSameVectors() throws IOException {
        Map<String, float[]> expected = vectors(modelDirectory);
        Dataset other = reordered(DATASET, List.of());

        Map<String, float[]> embedded = embedded(other, Shard.ALL);

        assertEquals(TinyWorld.USERS + 1, embedded.size());
        expected.forEach((user, vector) -> assertArrayEquals(vector, embedded.get(user), 1e-6f, user));
    }

    @Test
    void unknownValuesAreMaskedAndCounted() throws IOException {
        Map<String, float[]> expected = vectors(modelDirectory);
        Dataset other = reordered(DATASET, List.of("an item that is new"));
        UserEmbedding embedding = new UserEmbedding(model(), other, 1000);

        assertEquals(Map.of("interest", 1, "read", 1), embedding.unknownValues());
        assertEquals(List.of(), embedding.missingFields());
        Map<String, float[]> embedded = embedded(other, Shard.ALL);
        expected.forEach((user, vector) -> assertArrayEquals(vector, embedded.get(user), 1e-6f, user));
    }

    @Test
    void aFieldThatTheDataLacksIsMaskedAndNamed() throws IOException {
        Dataset other = withFields(DATASET, DATASET.fields().subList(0, 1));

        assertEquals(List.of("age", "read"), new UserEmbedding(model(), other, 1000).missingFields());
        Map<String, float[]> embedded = embedded(other, Shard.ALL);
        for (float[] vector : embedded.values()) {
            assertEquals(1, squares(vector), 1e-5);
        }
    }

    @Test
    void aFieldOfAnotherKindIsRefused() throws IOException {
        CategoricalField interest = (CategoricalField) DATASET.fields().get(0);
        Field other = new CategoricalField(interest.attribute(), FieldKind.MULTIVALENT);
        EmbeddingModel model = model();

        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> new UserEmbedding(model, withFields(DATASET, List.of(other)), 1000));

        assertEquals(
                "field [interest] of dataset [tiny] is multivalent, but the model was trained with one that is univalent",
                e.getMessage());
    }

    @Test
    void theShardsTogetherAreTheWhole() throws IOException {
        Path joined = Files.createDirectories(directory.resolve("joined"));
        Map<String, float[]> whole = embedded(DATASET, Shard.ALL);
        try (OutputStream out = Files.newOutputStream(joined.resolve(UserVectors.FILE))) {
            for (int number = 1; number <= 3; number++) {
                Path file = directory.resolve("users-" + number + ".gz");
                int users = new UserEmbedding(model(), DATASET, 20).write(file, new Shard(number, 3), done -> {});
                assertTrue(users > 20 && users < 80, number + ": " + users);
                Files.copy(file, out);
            }
        }

        Map<String, float[]> shards = vectors(joined);

        assertEquals(whole.keySet(), shards.keySet());
        whole.forEach((user, vector) -> assertArrayEquals(vector, shards.get(user), user));
    }

    @Test
    void anInterruptedRunIsGoneOnFromAndEndsAsAnotherOne() throws IOException {
        Path whole = directory.resolve("whole.gz");
        Path resumed = directory.resolve("resumed.gz");
        new UserEmbedding(model(), DATASET, 40).write(whole, Shard.ALL, done -> {});
        UserEmbedding interrupted = new UserEmbedding(model(), DATASET, 40);

        assertThrows(
                IllegalStateException.class,
                () -> interrupted.write(resumed, Shard.ALL, done -> {
                    if (done == 80) {
                        throw new IllegalStateException("the power fails");
                    }
                }));
        assertFalse(Files.exists(resumed));
        Path firstPart = directory.resolve("resumed.gz.parts/part-0");
        Object key = Files.readAttributes(firstPart, BasicFileAttributes.class).fileKey();
        new UserEmbedding(model(), DATASET, 40).write(resumed, Shard.ALL, done -> {
            try {
                assertEquals(
                        key,
                        Files.readAttributes(firstPart, BasicFileAttributes.class)
                                .fileKey());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });

        assertEquals(-1, Files.mismatch(whole, resumed));
        assertFalse(Files.exists(directory.resolve("resumed.gz.parts")));
    }

    @Test
    void whatIsThereIsNotComputedAgainAndNothingElseIsOverwritten() throws IOException {
        Path file = directory.resolve("users.gz");
        UserEmbedding embedding = new UserEmbedding(model(), DATASET, 40);
        int users = embedding.write(file, Shard.ALL, done -> {});

        assertEquals(users, embedding.write(file, Shard.ALL, done -> assertEquals("nothing", "done")));
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> embedding.write(file, new Shard(1, 2), done -> {}));
        assertEquals(
                file.toAbsolutePath() + " is there already, but not of this model, data and shard: remove it or name "
                        + "another file",
                e.getMessage());
    }

    @Test
    void partsOfOtherDataAreNotGoneOnFrom() throws IOException {
        Path file = directory.resolve("users.gz");
        Dataset other = reordered(DATASET, List.of());
        assertThrows(IllegalStateException.class, () -> new UserEmbedding(model(), other, 40)
                .write(file, Shard.ALL, done -> {
                    throw new IllegalStateException("the power fails");
                }));

        new UserEmbedding(model(), DATASET, 40).write(file, Shard.ALL, done -> {});

        Path whole = directory.resolve("whole.gz");
        new UserEmbedding(model(), DATASET, 40).write(whole, Shard.ALL, done -> {});
        assertEquals(-1, Files.mismatch(whole, file));
    }

    @Test
    void aModelWithoutItsFieldsIsRefused() throws IOException {
        for (String name : List.of("model.json", "weights.safetensors", "representation.safetensors")) {
            Files.copy(modelDirectory.resolve(name), directory.resolve(name));
        }

        InvalidArtifactException e = assertThrows(InvalidArtifactException.class, () -> EmbeddingModel.read(directory));

        assertEquals(
                "fields.ndjson.gz: there is no such file in " + directory + ", without it users cannot be embedded",
                e.getMessage());
        FieldDictionaries.write(withFields(DATASET, DATASET.fields().subList(0, 2)), directory);
        assertEquals(
                "fields.ndjson.gz: needs tensor [field.1.table] with 2 rows, but representation.safetensors has one "
                        + "with 60",
                assertThrows(InvalidArtifactException.class, () -> EmbeddingModel.read(directory))
                        .getMessage());
    }

    @Test
    void aShardIsWrittenAsNumberAndCount() {
        assertEquals(new Shard(2, 8), Shard.parse("2/8"));
        for (String wrong : List.of("0/8", "9/8", "2", "a/b", "2/8/3", "-1/4", "1/0")) {
            assertThrows(IllegalArgumentException.class, () -> Shard.parse(wrong), wrong);
        }
    }

    private static EmbeddingModel model() throws IOException {
        return EmbeddingModel.read(modelDirectory);
    }

    private Map<String, float[]> embedded(Dataset dataset, Shard shard) throws IOException {
        Path folder = Files.createTempDirectory(directory, "embedded");
        new UserEmbedding(model(), dataset, 1000).write(folder.resolve(UserVectors.FILE), shard, done -> {});
        return vectors(folder);
    }

    private static Map<String, float[]> vectors(Path folder) throws IOException {
        Map<String, float[]> vectors = new HashMap<>();
        UserVectors.read(folder, DIMENSION, (line, user, vector) -> vectors.put(user, vector));
        return vectors;
    }

    private static double squares(float[] vector) {
        double squares = 0;
        for (float value : vector) {
            squares += (double) value * value;
        }
        return squares;
    }

    private static Dataset withFields(Dataset dataset, List<Field> fields) {
        return Dataset.of(
                dataset.name(), dataset.users(), dataset.items(), dataset.itemAttributes(), dataset.events(), fields);
    }

    /**
     * The same users, items and clicks, all numbered from the end, and a user who is new, 99 years old and of an interest
     * that is new. The items that are new have been clicked by that user only.
     */
    private static Dataset reordered(Dataset dataset, List<String> newItems) {
        int users = TinyWorld.USERS;
        int items = TinyWorld.ITEMS;
        List<String> userNames = names(dataset.users());
        List<String> itemNames = new ArrayList<>(names(dataset.items()));
        Collections.reverse(userNames);
        Collections.reverse(itemNames);
        userNames.add("somebody new");
        itemNames.addAll(newItems);
        Events.Builder events = new Events.Builder();
        for (int event = 0; event < dataset.events().size(); event++) {
            events.add(
                    users - 1 - dataset.events().user(event),
                    items - 1 - dataset.events().item(event),
                    dataset.events().time(event));
        }
        for (int item = 0; item < newItems.size(); item++) {
            events.add(users, items + item, 1);
        }
        Vocabulary itemVocabulary = Vocabulary.of(itemNames);
        return Dataset.of(
                "reordered",
                Vocabulary.of(userNames),
                itemVocabulary,
                List.of(),
                events.build(),
                List.of(
                        new HistoryField("read", Attribute.identity("item", itemVocabulary), 8),
                        interests((CategoricalField) dataset.fields().get(0), newItems),
                        ages((ContinuousField) dataset.fields().get(1))));
    }

    private static Field interests(CategoricalField interest, List<String> newItems) {
        List<String> values = names(interest.vocabulary());
        Collections.reverse(values);
        values.addAll(newItems);
        IdLists given = interest.attribute().values();
        IdLists.Builder rows = new IdLists.Builder();
        for (int user = TinyWorld.USERS - 1; user >= 0; user--) {
            for (int position = given.start(user); position < given.end(user); position++) {
                rows.add(interest.vocabulary().size() - 1 - given.id(position));
            }
            rows.endRow();
        }
        if (newItems.isEmpty() == false) {
            rows.add(values.size() - 1);
        }
        rows.endRow();
        return new CategoricalField(
                new Attribute("interest", Vocabulary.of(values), rows.build()), FieldKind.UNIVALENT);
    }

    /** Training has seen 18 to 77 at most; here the range goes up to 99. */
    private static Field ages(ContinuousField age) {
        float[] ages = new float[TinyWorld.USERS + 1];
        Arrays.fill(ages, Float.NaN);
        float[] raw = TinyWorld.ages();
        for (int user = 0; user < TinyWorld.USERS; user++) {
            ages[TinyWorld.USERS - 1 - user] = raw[user];
        }
        ages[TinyWorld.USERS] = 99;
        return ContinuousField.scaled(age.name(), ages);
    }

    private static List<String> names(Vocabulary vocabulary) {
        return new ArrayList<>(
                IntStream.range(0, vocabulary.size()).mapToObj(vocabulary::name).toList());
    }
}
