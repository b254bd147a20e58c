package org.opensearch.ralm.trainer.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.opensearch.ralm.trainer.source.DatasetLoaderTests.clicks;
import static org.opensearch.ralm.trainer.source.DatasetLoaderTests.names;
import static org.opensearch.ralm.trainer.source.DatasetLoaderTests.values;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.Events;
import org.opensearch.ralm.trainer.data.FieldBatch;
import org.opensearch.ralm.trainer.data.TimeSplit;

final class MindTests {
    /** 2019-11-13T08:36:57Z */
    private static final long BEGIN = 1573634217;

    private final List<String> notices = new ArrayList<>();

    @TempDir
    private Path folder;

    @BeforeEach
    void writeBothParts() throws IOException {
        Files.createDirectories(folder.resolve("train"));
        Files.createDirectories(folder.resolve("dev"));
        String shared = "N1\tsports\tsoccer\tA \"quoted\" title\tText, text\thttps://x\t[]\t[]\n";
        write("train/news.tsv", shared + "N2\tnews\tworld\tTitle\t\thttps://x\t[]\t[]\n");
        write(
                "dev/news.tsv",
                shared + "N3\tnews\t\tTitle\t\thttps://x\t[]\t[]\nN4\tnews\tworld\tTitle\t\thttps://x\t[]\t[]\n");
        write(
                "train/behaviors.tsv",
                "1\tU2\t11/13/2019 1:00:00 PM\tN9 N1\tN2-1 N3-0 N1-1\n"
                        + "2\tU1\t11/13/2019 8:36:57 AM\t\tN3-0 N2-1\n"
                        + "3\tU2\t11/13/2019 12:05:00 PM\tN9\tN3-0\n");
        write("dev/behaviors.tsv", "1\tU3\t11/15/2019 12:05:00 AM\tN2 N1\tN3-1 N2-0\n\n");
    }

    @Test
    void impressionsThatEndInOneAreClicks() {
        Dataset dataset = load();
        List<String> timed = clicks(dataset)
                .subList(dataset.events().untimed(), dataset.events().size());
        assertEquals(List.of("U1 N2", "U2 N2", "U2 N1", "U3 N3"), timed);
        assertEquals(BEGIN, dataset.events().time(dataset.events().untimed()));
        assertEquals(
                List.of("N1", "N2", "N3", "N9"),
                names(dataset.items()).stream().sorted().toList());
        int third = dataset.items().id("N3");
        assertEquals(List.of("news"), values(dataset, "category", third));
        assertEquals(List.of(), values(dataset, "subcategory", third));
        assertEquals(List.of(), values(dataset, "category", dataset.items().id("N9")));
        assertEquals(List.of(), notices);
    }

    @Test
    void theHistoryOfAUsersFirstImpressionWasReadBeforeTheLogBegins() {
        Dataset dataset = load();
        Events events = dataset.events();
        assertEquals(3, events.untimed());
        for (int event = 0; event < events.untimed(); event++) {
            assertTrue(events.time(event) < BEGIN - 28 * 86_400);
        }
        int[] users = {
            dataset.users().id("U1"), dataset.users().id("U2"), dataset.users().id("U3")
        };
        FieldBatch batch = dataset.extractor().extract(users, new long[] {BEGIN, BEGIN, BEGIN});
        assertEquals(
                List.of("N9", "N2", "N1"),
                names(dataset.fields().get(0), batch.columns().get(0)));
        assertEquals(
                List.of("news", "sports"),
                names(dataset.fields().get(1), batch.columns().get(1)));
    }

    @Test
    void theNewestFiftyOfALongHistoryAreKept() throws IOException {
        String history = IntStream.range(0, 60).mapToObj(news -> "H" + news).collect(Collectors.joining(" "));
        write("dev/behaviors.tsv", "1\tU3\t11/15/2019 12:05:00 AM\t" + history + "\tN3-1\n");
        Dataset dataset = load();
        assertEquals(51, dataset.events().untimed());
        assertEquals(-1, dataset.items().id("H9"));
        FieldBatch batch =
                dataset.extractor().extract(new int[] {dataset.users().id("U3")}, new long[] {BEGIN});
        List<String> read = names(dataset.fields().get(0), batch.columns().get(0));
        assertEquals(List.of("H10", "H59"), List.of(read.get(0), read.get(49)));
    }

    @Test
    void spansAreCutBehindTheHistories() {
        Events events = load().events();
        TimeSplit split = TimeSplit.of(events, 0.5, 0.25);
        assertEquals(events.untimed() + 1, split.phase2());
        assertEquals(events.untimed() + 3, split.test());
    }

    @Test
    void tellsWhereBadRowsAreAndSkipsThemUnderTheLimit() throws IOException {
        write(
                "dev/behaviors.tsv",
                "1\tU3\t2019-11-15 12:05\tN2 N1\tN3-1\n2\tU3\t11/15/2019 12:05:00 AM\tN2\tN3 N1\n\n"
                        + "3\t\t11/15/2019 12:05:00 AM\t\tN3-1\n4\tU3\t11/15/2019 12:05:00 AM\tN1\t\n");
        String message = assertThrows(DatasetException.class, this::load).getMessage();
        assertTrue(message.startsWith("4 bad rows"), message);
        assertTrue(message.contains("behaviors.tsv:1: the time is [2019-11-15 12:05], expected one like "), message);
        assertTrue(message.contains("behaviors.tsv:2: the impression [N3] ends neither in -1 nor in -0"), message);
        assertTrue(message.contains("behaviors.tsv:4: the user is missing"), message);
        assertTrue(message.contains("behaviors.tsv:5: the impressions are missing"), message);
        Dataset dataset = new DatasetLoader(notices::add, OptionalInt.of(4)).load("mind:" + folder);
        assertEquals(-1, dataset.users().id("U3"));
    }

    @Test
    void refusesAFolderThatLacksAFile() throws IOException {
        Files.delete(folder.resolve("train/news.tsv"));
        Files.delete(folder.resolve("dev/news.tsv"));
        String message = assertThrows(DatasetException.class, this::load).getMessage();
        assertEquals("[" + folder + "] has no news.tsv, nor have the folders in it", message);
    }

    private Dataset load() {
        return new DatasetLoader(notices::add).load("mind:" + folder);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
