package org.opensearch.ralm.trainer.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.opensearch.ralm.trainer.source.DatasetLoaderTests.clicks;
import static org.opensearch.ralm.trainer.source.DatasetLoaderTests.names;
import static org.opensearch.ralm.trainer.source.DatasetLoaderTests.values;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.Field;
import org.opensearch.ralm.trainer.data.FieldBatch;
import org.opensearch.ralm.trainer.data.Timing;

final class GloboTests {
    private static final String HEADER =
            "user_id,session_id,session_start,session_size,click_article_id,click_timestamp,click_environment,"
                    + "click_deviceGroup,click_os,click_country,click_region,click_referrer_type\n";

    private final List<String> notices = new ArrayList<>();

    @TempDir
    private Path folder;

    @BeforeEach
    void writeTheHours() throws IOException {
        Files.createDirectories(folder.resolve("clicks/clicks"));
        write("clicks/clicks/clicks_hour_001.csv", HEADER + click(7, 33, "1506828979881", "4,3,20,1,21,2"));
        write(
                "clicks/clicks/clicks_hour_000.csv",
                HEADER + click(9, 22, "1506826800026", "4,1,17,1,25,2") + click(7, 11, "1506826999999", "4,,2,1,,1"));
        write("clicks/clicks/clicks_hour_002.csv", "");
        write("clicks/clicks/clicks_hour_003.csv", HEADER);
        write(
                "articles_metadata.csv",
                "article_id,category_id,created_at_ts,publisher_id,words_count\n"
                        + "11,5,1489422000000,0,127\n22,6,1489422000000,0,128\n33,5,1489422000000,3,0\n"
                        + "44,9,1489422000000,0,200\n");
    }

    @Test
    void readsTheHoursInOrderOfTimeAndTheirArticles() {
        Dataset dataset = load();

        assertEquals("globo", dataset.name());
        assertEquals(Timing.NEWS, dataset.timing());
        assertEquals(List.of("9 22", "7 11", "7 33"), clicks(dataset));
        assertEquals(1506826999, dataset.events().time(1));
        assertEquals(List.of("11", "22", "33"), names(dataset.items()));
        assertEquals(List.of("5"), values(dataset, "category", 0));
        assertEquals(List.of("3"), values(dataset, "publisher", 2));
        assertEquals(List.of("64+"), values(dataset, "length", 0));
        assertEquals(List.of("128+"), values(dataset, "length", 1));
        assertEquals(List.of(), values(dataset, "length", 2));
        assertEquals(List.of(), notices);
    }

    @Test
    void knowsOfAClickNothingButWhatCameBeforeIt() {
        Dataset dataset = load();
        assertEquals(
                List.of(
                        "read",
                        "categories",
                        "environment",
                        "device",
                        "os",
                        "country",
                        "region",
                        "referrer",
                        "activity"),
                dataset.fields().stream().map(Field::name).toList());
        int user = dataset.users().id("7");
        FieldBatch batch = dataset.extractor().extract(new int[] {user, user}, new long[] {
            1506826999, dataset.events().time(2)
        });
        assertEquals(List.of("11"), shown(dataset, batch, 0));
        assertEquals(List.of("5"), shown(dataset, batch, 1));
        assertEquals(List.of("4"), shown(dataset, batch, 2));
        assertEquals(List.of(), shown(dataset, batch, 3));
        assertEquals(List.of("2"), shown(dataset, batch, 4));
        assertEquals(List.of("1"), shown(dataset, batch, 7));
        assertArrayEquals(new int[] {0, 0, 1}, batch.columns().get(0).offsets());
        assertArrayEquals(new int[] {0, 0, 1}, batch.columns().get(7).offsets());
    }

    @Test
    void readsCompressedHoursAndLinesThatEndAnyWay() throws IOException {
        Files.delete(folder.resolve("clicks/clicks/clicks_hour_001.csv"));
        try (OutputStream out =
                new GZIPOutputStream(Files.newOutputStream(folder.resolve("clicks/clicks/clicks_hour_001.csv.gz")))) {
            String text = HEADER + click(7, 33, "1506828979881", "4,3,20,1,21,2");
            out.write(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
        }
        write(
                "clicks/clicks/clicks_hour_002.csv",
                HEADER + click(5, 22, "1506838979881", "4,3,20,1,21,2") + "\r\n\n"
                        + click(5, 33, "1506838980881", "4,3,20,1,21,2").replace("\n", "\r\n"));
        assertEquals(List.of("9 22", "7 11", "7 33", "5 22", "5 33"), clicks(load()));
        assertEquals(List.of(), notices);
    }

    @Test
    void doesWithoutArticles() throws IOException {
        Files.delete(folder.resolve("articles_metadata.csv"));
        Dataset dataset = load();
        assertEquals(3, dataset.events().size());
        assertEquals(List.of(), dataset.itemAttributes());
    }

    @Test
    void tellsWhereBadRowsAreAndSkipsThemUnderTheLimit() throws IOException {
        write(
                "clicks/clicks/clicks_hour_003.csv",
                HEADER + click(8, 11, "1506830000000", "4,1,17,1,25,2") + "\n" + HEADER
                        + click(8, 11, "", "4,1,17,1,25,2") + "5,1\n");
        DatasetLoader strict = new DatasetLoader(notices::add);
        String message = assertThrows(DatasetException.class, () -> strict.load("globo:" + folder))
                .getMessage();
        assertTrue(message.startsWith("3 bad rows, at most 0 may be skipped (max_bad_rows, --max-bad-rows):"), message);
        assertTrue(
                message.contains("clicks_hour_003.csv:4: Error when converting column \"click_timestamp\""), message);
        assertTrue(message.contains("clicks_hour_003.csv:5: an event needs a user, an item and a time"), message);
        assertTrue(message.contains("clicks_hour_003.csv:6: Expected Number of Columns: 12 Found: 2"), message);

        Dataset dataset = new DatasetLoader(notices::add, OptionalInt.of(3)).load("globo:" + folder);
        assertEquals(List.of("9 22", "7 11", "7 33", "8 11"), clicks(dataset));
        assertEquals(1, notices.size());
    }

    @Test
    void refusesFilesOfAnotherForm() throws IOException {
        write("clicks/clicks/clicks_hour_002.csv", "user_id,article,time\n1,2,3\n");
        assertMessage("clicks_hour_002.csv:1: the header is [user_id, article, time], expected [user_id, session_id, ");
        Files.delete(folder.resolve("clicks/clicks/clicks_hour_002.csv"));
        write("articles_metadata.csv", "article_id\n1\n");
        assertMessage("articles_metadata.csv:1: the header is [article_id], expected [article_id, category_id, ");
    }

    @Test
    void refusesAFolderWithoutHours() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        String message = assertThrows(
                        DatasetException.class, () -> new DatasetLoader(notices::add).load("globo:" + empty))
                .getMessage();
        assertEquals("[" + empty + "] has no clicks_hour_*.csv, nor have the folders in it", message);
    }

    private Dataset load() {
        return new DatasetLoader(notices::add).load("globo:" + folder);
    }

    private void assertMessage(String part) {
        String message = assertThrows(DatasetException.class, this::load).getMessage();
        assertTrue(message.contains(part), message);
    }

    private static String click(int user, int article, String millis, String circumstances) {
        return user + ",1506825423271737,1506825423000,2," + article + "," + millis + "," + circumstances + "\n";
    }

    private static List<String> shown(Dataset dataset, FieldBatch batch, int field) {
        return names(dataset.fields().get(field), batch.columns().get(field));
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
