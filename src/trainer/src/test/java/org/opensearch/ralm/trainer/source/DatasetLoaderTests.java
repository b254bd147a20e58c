package org.opensearch.ralm.trainer.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opensearch.ralm.trainer.data.Attribute;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.Events;
import org.opensearch.ralm.trainer.data.Field;
import org.opensearch.ralm.trainer.data.FieldBatch;
import org.opensearch.ralm.trainer.data.FieldColumn;
import org.opensearch.ralm.trainer.data.FieldKind;
import org.opensearch.ralm.trainer.data.Vocabulary;

final class DatasetLoaderTests {
    private final List<String> notices = new ArrayList<>();
    private final DatasetLoader loader = new DatasetLoader(notices::add);

    @TempDir
    private Path folder;

    @Test
    void readsMovieTweetings() throws IOException {
        write(
                "movies.dat",
                """
                0002844::Fantômas - "À l'ombre" (1913)::Crime|Drama
                0133093::The Matrix (1999)::Action|Sci-Fi
                9999999::Nobody clicked it (2000)::Drama
                1234567::No year, no genre::
                """);
        write(
                "ratings.dat",
                """
                7::0133093::9::1365029107
                8::0002844::8::1365029100
                7::0002844::10::1365029200
                8::1234567::1::1365029300
                """);

        Dataset dataset = loader.load("movietweetings:" + folder);

        assertEquals("movietweetings", dataset.name());
        assertEquals(List.of("7", "8"), names(dataset.users()));
        assertEquals(List.of("0002844", "0133093", "1234567"), names(dataset.items()));
        assertEquals(List.of("8 0002844", "7 0133093", "7 0002844", "8 1234567"), clicks(dataset));
        assertEquals(List.of("Crime", "Drama"), values(dataset, "genres", 0));
        assertEquals(List.of("1990s"), values(dataset, "decade", 1));
        assertEquals(List.of(), values(dataset, "decade", 2));
        assertEquals(List.of(), values(dataset, "genres", 2));
        assertEquals(
                List.of("watched", "genres", "decades", "activity"),
                dataset.fields().stream().map(Field::name).toList());
        FieldBatch batch = dataset.extractor().extract(new int[] {0}, new long[] {1365029201});
        assertEquals(
                List.of("0133093", "0002844"),
                names(dataset.fields().get(0), batch.columns().get(0)));
        assertEquals(
                List.of("Action", "Sci-Fi", "Crime", "Drama"),
                names(dataset.fields().get(1), batch.columns().get(1)));
        assertEquals(
                List.of("1990s", "1910s"),
                names(dataset.fields().get(2), batch.columns().get(2)));
        assertEquals(
                List.of("2-3"), names(dataset.fields().get(3), batch.columns().get(3)));
        assertEquals(List.of(), notices);
    }

    @Test
    void readsMovieLensOneMillion() throws IOException {
        write("movies.dat", "1::Misérables, Les (1995)::Drama|Musical\n", StandardCharsets.ISO_8859_1);
        write("users.dat", "1::F::1::10::48067\n2::M::56::16::70072\n");
        write("ratings.dat", "2::1::5::978300760\n1::1::5::978302109\n");

        Dataset dataset = loader.load("movielens:" + folder);

        assertEquals("movielens-1m", dataset.name());
        assertEquals(List.of("2 1", "1 1"), clicks(dataset));
        assertEquals(List.of("1990s"), values(dataset, "decade", 0));
        FieldBatch batch = dataset.extractor().extract(new int[] {0, 1}, new long[] {0, 0});
        for (int field = 0; field < 3; field++) {
            assertEquals(FieldKind.UNIVALENT, dataset.fields().get(field).kind());
        }
        assertEquals(
                List.of("F", "M"),
                names(dataset.fields().get(0), batch.columns().get(0)));
        assertEquals(
                List.of("1", "56"),
                names(dataset.fields().get(1), batch.columns().get(1)));
        assertEquals(
                List.of("10", "16"),
                names(dataset.fields().get(2), batch.columns().get(2)));
    }

    @Test
    void readsMovieLensHundredThousand() throws IOException {
        write(
                "u.item",
                "1|Toy Story (1995)|01-Jan-1995||http://x|0|0|0|1|1|1|0|0|0|0|0|0|0|0|0|0|0|0|0\n"
                        + "2|unknown|||http://x|1|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0\n");
        write("u.user", "1|24|M|technician|85711\n2|53|F|other|94043\n3|30|F|writer|1\n");
        write("u.data", "3\t1\t3\t881250949\n1\t2\t3\t891717742\n");

        Dataset dataset = loader.load("movielens:" + folder);

        assertEquals(List.of("Animation", "Children's", "Comedy"), values(dataset, "genres", 0));
        assertEquals(List.of("1990s"), values(dataset, "decade", 0));
        assertEquals(List.of(), values(dataset, "decade", 1));
        assertEquals(FieldKind.CONTINUOUS, dataset.fields().get(1).kind());
        FieldBatch batch = dataset.extractor().extract(new int[] {0, 1, 2}, new long[3]);
        assertArrayEquals(new float[] {0, 1, 6f / 29}, batch.columns().get(1).values(), 1e-6f);
    }

    @Test
    void makesTheSyntheticFeed() {
        Dataset dataset = loader.load("synthetic:users=50,items=40,events=200,days=3");
        assertEquals(50, dataset.users().size());
        assertMessage("synthetic: [users] is [x], expected a number", "synthetic:users=x");
    }

    @Test
    void tellsTheKindsOfDatasetsWhenOneIsUnknown() {
        assertMessage(
                "unknown kind of dataset [netflix] in [netflix:/x], expected one of [movietweetings, ", "netflix:/x");
        assertMessage("[/no/such] is no folder, expected movielens:DIR", "movielens:/no/such");
        assertMessage("[] is no folder, expected movietweetings:DIR", "movietweetings");
        assertMessage("has neither ratings.dat (MovieLens 1M) nor u.data", "movielens:" + folder);
        assertMessage("dataset.yaml] is no file, expected files:DIR", "files:" + folder);
    }

    @Test
    void refusesRatingsThatAreNotInTheFormatAndNamesTheirLines() throws IOException {
        write("movies.dat", "1::A (1990)::Drama\n");
        write("ratings.dat", "1::1::5::100\n1::1::5\n2::1::5::soon\n");
        String message = assertMessage("2 bad rows, at most 0 may be skipped", "movietweetings:" + folder);
        assertTrue(message.contains("ratings.dat:2: Expected Number of Columns: 4 Found: 3"), message);
        assertTrue(message.contains("ratings.dat:3: Error when converting column \"seconds\""), message);
    }

    @Test
    void skipsAsManyBadRowsAsItMay() throws IOException {
        write("movies.dat", "1::A (1990)::Drama\n");
        write("ratings.dat", "1::1::5::100\n1::1::5\n\n2::1::5::soon\n");
        DatasetLoader tolerant = new DatasetLoader(notices::add, OptionalInt.of(2));
        assertEquals(List.of("1 1"), clicks(tolerant.load("movietweetings:" + folder)));
        assertTrue(notices.get(0).startsWith("skipped 2 bad rows:\n"), notices.get(0));
        assertTrue(notices.get(0).contains("ratings.dat:4: "), notices.get(0));
    }

    @Test
    void refusesAFolderThatLacksAFile() throws IOException {
        write("ratings.dat", "1::1::5::100\n");
        assertMessage("cannot read items: ", "movietweetings:" + folder);
    }

    private void write(String name, String text) throws IOException {
        write(name, text, StandardCharsets.UTF_8);
    }

    private void write(String name, String text, Charset charset) throws IOException {
        Files.writeString(folder.resolve(name), text, charset);
    }

    private String assertMessage(String part, String source) {
        String message =
                assertThrows(DatasetException.class, () -> loader.load(source)).getMessage();
        assertTrue(message.contains(part), message);
        return message;
    }

    static List<String> names(Vocabulary vocabulary) {
        return IntStream.range(0, vocabulary.size()).mapToObj(vocabulary::name).toList();
    }

    static List<String> names(Field field, FieldColumn column) {
        return IntStream.of(column.ids()).mapToObj(field.vocabulary()::name).toList();
    }

    static List<String> clicks(Dataset dataset) {
        Events events = dataset.events();
        return IntStream.range(0, events.size())
                .mapToObj(event -> dataset.users().name(events.user(event)) + " "
                        + dataset.items().name(events.item(event)))
                .toList();
    }

    static List<String> values(Dataset dataset, String attribute, int item) {
        Attribute found = dataset.itemAttributes().stream()
                .filter(candidate -> candidate.name().equals(attribute))
                .findFirst()
                .orElseThrow();
        return IntStream.range(found.values().start(item), found.values().end(item))
                .mapToObj(position -> found.vocabulary().name(found.values().id(position)))
                .toList();
    }
}
