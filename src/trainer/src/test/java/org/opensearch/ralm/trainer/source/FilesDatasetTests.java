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
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.FieldBatch;
import org.opensearch.ralm.trainer.data.Timing;

final class FilesDatasetTests {
    private static final String EVENTS = "events: {path: clicks.csv, user: user, item: item, time: ts}\n";
    private static final String READ = "fields:\n  - {name: read, kind: history}\n";

    private final List<String> notices = new ArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void readsCsvWithEveryKindOfField() throws IOException {
        write("clicks-1.csv", "ts,user,item\n2020-01-01 00:00:20,u1,i1\n2020-01-01T00:00:10.9Z,u2,i2\n");
        write("clicks-2.csv", "ts,user,item\n2020-01-01T02:00:15+02:00,u3,\"i,3\"\n");
        write("users.tsv", "id\tsex\tlikes\tage\nu1\tf\ta| b |a||\t20\nu2\t\t\t\nu9\tm\tc\t60\n");
        write("items.csv", "i2;news;\ni1;sport;x y\n");
        write(
                "dataset.yaml",
                """
                name: feed
                events:
                  path: clicks-*.csv
                  user: user
                  item: item
                  time: ts
                  time_unit: timestamp
                users:
                  path: users.tsv
                  id: id
                items:
                  path: items.csv
                  delimiter: ";"
                  header: false
                  columns: [key, section, words]
                  id: key
                  attributes:
                    - {name: section}
                    - {name: tags, column: words, separator: " "}
                fields:
                  - {name: gender, kind: univalent, column: sex}
                  - {name: likes, kind: multivalent}
                  - {name: age, kind: continuous}
                  - {name: read, kind: history, last: 5}
                  - {name: read tags, kind: history, of: tags}
                  - {name: activity, kind: activity}
                """);

        Dataset dataset = load();

        assertEquals("feed", dataset.name());
        assertEquals(List.of("u2 i2", "u3 i,3", "u1 i1"), clicks(dataset));
        assertEquals(1577836810, dataset.events().time(0));
        assertEquals(1577836815, dataset.events().time(1));
        assertEquals(List.of("u1", "u2", "u9", "u3"), names(dataset.users()));
        assertEquals(List.of("i2", "i1", "i,3"), names(dataset.items()));
        assertEquals(List.of("x", "y"), values(dataset, "tags", 1));
        FieldBatch batch = dataset.extractor().extract(new int[] {0, 1, 2, 3}, new long[] {1577836821, 0, 0, 0});
        assertEquals(
                List.of("f", "m"),
                names(dataset.fields().get(0), batch.columns().get(0)));
        assertArrayEquals(new int[] {0, 1, 1, 2, 2}, batch.columns().get(0).offsets());
        assertEquals(
                List.of("a", "b", "c"),
                names(dataset.fields().get(1), batch.columns().get(1)));
        assertArrayEquals(new float[] {0, 1}, batch.columns().get(2).values());
        assertArrayEquals(new int[] {0, 1, 1, 2, 2}, batch.columns().get(2).offsets());
        assertEquals(
                List.of("i1"), names(dataset.fields().get(3), batch.columns().get(3)));
        assertEquals(
                List.of("x", "y"),
                names(dataset.fields().get(4), batch.columns().get(4)));
        assertEquals(
                List.of("1"), names(dataset.fields().get(5), batch.columns().get(5)));
    }

    @Test
    void readsNdjsonWithLists() throws IOException {
        write(
                "clicks.ndjson",
                """
                {"user": 7, "item": "i1", "ts": 1365029107000, "extra": {"a": 1}}
                {"user": 8, "item": "i2", "ts": 1365029106999}
                """);
        write("users.jsonl", "{\"id\": 7, \"likes\": [\"a|b\", \"c\"]}\n{\"id\": 8}\n");
        write(
                "dataset.yaml",
                """
                events: {path: clicks.ndjson, user: user, item: item, time: ts, time_unit: millis}
                users: {path: users.jsonl, id: id}
                fields:
                  - {name: likes, kind: multivalent}
                """);
        Dataset dataset = load();
        assertEquals(List.of("8 i2", "7 i1"), clicks(dataset));
        assertEquals(1365029106, dataset.events().time(0));
        FieldBatch batch = dataset.extractor().extract(new int[] {0, 1}, new long[2]);
        assertEquals(
                List.of("a|b", "c"),
                names(dataset.fields().get(0), batch.columns().get(0)));
        assertArrayEquals(new int[] {0, 2, 2}, batch.columns().get(0).offsets());
    }

    @Test
    void readsParquet() throws IOException, SQLException {
        parquet("clicks", "SELECT * FROM (VALUES (7, 'i1', TIMESTAMP '2020-01-01 00:00:01')) AS t(u, i, moment)");
        parquet("items", "SELECT 'i1' AS id, ['x', 'y'] AS tags, 3.5 AS price");
        parquet("users", "SELECT 7 AS id, 40::DOUBLE AS age UNION ALL SELECT 8, 20");
        write(
                "dataset.yaml",
                """
                events: {path: [clicks.parquet], user: u, item: i, time: moment, time_unit: timestamp}
                users: {path: users.parquet, id: id}
                items: {path: items.parquet, id: id, attributes: [{name: tags}]}
                fields:
                  - {name: age, kind: continuous}
                """);
        Dataset dataset = load();
        assertEquals(List.of("7 i1"), clicks(dataset));
        assertEquals(1577836801, dataset.events().time(0));
        assertEquals(List.of("x", "y"), values(dataset, "tags", 0));
        FieldBatch batch = dataset.extractor().extract(new int[] {0, 1}, new long[2]);
        assertArrayEquals(new float[] {1, 0}, batch.columns().get(0).values());
    }

    @Test
    void readsTextsWithQuotesAsTheyAreWhereNoneQuote() throws IOException {
        write("clicks.log", "u1|a \"b|1\n\"u2\"|c|2\n");
        write(
                "dataset.yaml",
                """
                events: {path: clicks.log, format: csv, delimiter: "|", quote: none, header: false,
                         columns: [user, item, ts], user: user, item: item, time: ts}
                """
                        + READ);
        assertEquals(List.of("u1 a \"b", "\"u2\" c"), clicks(load()));
    }

    @Test
    void keepsTheOrderOfTheFileWithinASecond() throws IOException {
        StringBuilder csv = new StringBuilder("user,item,ts\n");
        List<String> expected = new ArrayList<>();
        for (int row = 0; row < 300_000; row++) {
            csv.append("u").append(row % 1_000).append(",i").append(row).append(",5\n");
            expected.add("u" + row % 1_000 + " i" + row);
        }
        write("clicks.csv", csv.toString());
        write("dataset.yaml", EVENTS + READ);
        assertEquals(expected, clicks(load()));
    }

    @Test
    void turnsOverAsFastAsTheDescriptionSays() throws IOException {
        write("clicks.csv", "user,item,ts\nu1,i1,10\n");
        write("dataset.yaml", EVENTS + READ);
        assertEquals(Timing.DEFAULT, load().timing());
        write("dataset.yaml", EVENTS + READ + "block_hours: 6\npool_hours: 48\n");
        assertEquals(new Timing(6 * 3_600, 48 * 3_600), load().timing());
    }

    @Test
    void countsBadRowsAndSkipsThemOnlyUnderTheLimit() throws IOException {
        write("clicks.csv", "user,item,ts\nu1,i1,10\nu2,i2,abc\n,i3,12\nu4,i4\nu5,i5,13,9\nu6,i6,14\n");
        write("users.csv", "id,age\nu1,1\nu1,2\nu2,old\n");
        String users = "users: {path: users.csv, id: id}\n";
        String fields = "fields: [{name: age, kind: continuous}]\n";
        write("dataset.yaml", EVENTS + users + fields + "max_bad_rows: 5\n");
        String message = assertMessage("6 bad rows, at most 5 may be skipped (max_bad_rows, --max-bad-rows):");
        assertTrue(message.contains("users.csv:3: [u1] has a second row in users"), message);
        assertTrue(
                message.contains("clicks.csv:4: an event needs a user, an item and a time, got user [], item [i3]"),
                message);
        assertTrue(message.contains("users.csv:4: Error when converting column \"age\""), message);
        assertTrue(message.contains("clicks.csv:3: Error when converting column \"ts\""), message);
        assertTrue(message.contains("clicks.csv:5: Expected Number of Columns: 3 Found: 2"), message);

        write("dataset.yaml", EVENTS + users + fields + "max_bad_rows: 6\n");
        assertEquals(List.of("u1 i1", "u6 i6"), clicks(load()));
        assertEquals(1, notices.size());
        assertTrue(notices.get(0).startsWith("skipped 6 bad rows:"), notices.get(0));
    }

    @Test
    void countsBadNdjsonRowsAndNamesTheMalformedLines() throws IOException {
        write(
                "clicks.ndjson",
                """
                {"user": "u1", "item": "i1", "ts": 1}
                {"user": "u1", "item": "i1", "ts": "x"}

                nonsense
                {"user": "u2", "item": "", "ts": 1}
                """);
        write("users.ndjson", "{\"id\": \"u1\", \"age\": \"old\"}\n");
        write(
                "dataset.yaml",
                """
                events: {path: clicks.ndjson, user: user, item: item, time: ts}
                users: {path: users.ndjson, id: id}
                fields: [{name: age, kind: continuous}]
                """);
        String message = assertMessage("4 bad rows, at most 0 may be skipped");
        assertTrue(
                message.contains(
                        "clicks.ndjson:4: an event needs a user, an item and a time, got user [], item [], time []; is the row well formed?"),
                message);
        assertTrue(message.contains("users.ndjson:1: [age] of [u1] is [old], expected a number"), message);
        assertTrue(message.contains("got user [u1], item [i1], time []"), message);
    }

    @Test
    void tellsTheLinesOfBadRowsAmongBlankQuotedAndRejectedOnes() throws IOException {
        write("clicks-1.csv", "user,item,ts\nu1,i1,1\n");
        write("clicks-2.csv", "user,item,ts\n\nu1,\"i \"\"1\"\",\n\n1\",1\nu1,i2,soon\nu1,5\",2\n,i3,3\n");
        write("clicks-3.csv", "user,item,ts\r\nu1,i1,1\r\n\r\nu2,,1\r\n");
        write("dataset.yaml", EVENTS.replace("clicks.csv", "clicks-*.csv") + READ);
        String message = assertMessage("3 bad rows");
        assertTrue(message.contains("clicks-2.csv:8: an event needs a user"), message);
        assertTrue(message.contains("clicks-3.csv:4: an event needs a user"), message);
    }

    @Test
    void tellsTheLinesOfBadRowsInCompressedFiles() throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("clicks.csv.gz")))) {
            out.write("user,item,ts\nu1,i1,1\n,i2,2\n".getBytes(StandardCharsets.UTF_8));
        }
        write("dataset.yaml", EVENTS.replace("clicks.csv", "clicks.csv.gz") + READ);
        assertMessage("clicks.csv.gz:3: an event needs a user");
    }

    @Test
    void tellsTheRowsOfBadRowsInParquet() throws IOException, SQLException {
        parquet("a", "SELECT 'u' AS user, 'i' AS item, 1 AS ts FROM range(3)");
        parquet("b", "SELECT * FROM (VALUES ('u', 'i', 1), ('u', NULL, 1)) AS t(user, item, ts)");
        write("dataset.yaml", EVENTS.replace("clicks.csv", "'*.parquet'") + READ);
        assertMessage("b.parquet, row 2: an event needs a user");
    }

    @Test
    void refusesCsvFilesWhoseHeadersDiffer() throws IOException {
        write("clicks-1.csv", "user,item,ts\nu1,i1,1\n");
        write("clicks-2.csv", "item,user,ts\ni1,u1,1\n");
        write("dataset.yaml", EVENTS.replace("clicks.csv", "clicks-*.csv") + READ);
        assertMessage("clicks-2.csv:1: the header is [item,user,ts], but that of ");
    }

    @Test
    void refusesAnOpenQuoteWhateverTheLimitAsItSwallowsRows() throws IOException {
        write("clicks.csv", "u0,i0,0\nu1,\"i1,1\nu2,i2,2\n");
        String columns = "path: clicks.csv, header: false, columns: [user, item, ts]";
        write("dataset.yaml", EVENTS.replace("path: clicks.csv", columns) + READ + "max_bad_rows: 100\n");
        assertMessage("clicks.csv:2: a quote opens and is not closed where a value ends");
    }

    @Test
    void tellsWhatMayBeWrongWhereLinesEndInSeveralWays() throws IOException {
        write("clicks.csv", "user,item,ts\nu1,i1,1\r\n\nu1,i1,1\n");
        write("dataset.yaml", EVENTS + READ);
        assertMessage("Do the lines of a file end in several ways, or does a quote stay open?");

        write("dataset.yaml", EVENTS.replace("path: clicks.csv", "path: clicks.csv, quote: none") + READ);
        assertEquals(List.of("u1 i1", "u1 i1"), clicks(load()));
    }

    @Test
    void readsTheCircumstancesOfEarlierClicks() throws IOException {
        write(
                "clicks.csv",
                "user,item,ts,os,langs\nu1,i1,10,linux,de|fr\nu1,i2,20,,en\nu1,i3,30,mac,de\nu2,i1,40,mac,\n");
        write(
                "dataset.yaml",
                EVENTS
                        + """
                        fields:
                          - {name: system, kind: context, column: os}
                          - {name: langs, kind: context, separator: "|", last: 1}
                        """);
        Dataset dataset = load();
        FieldBatch batch = dataset.extractor().extract(new int[] {0, 0, 0, 1}, new long[] {10, 20, 31, 41});
        assertArrayEquals(new int[] {0, 0, 1, 3, 4}, batch.columns().get(0).offsets());
        assertEquals(
                List.of("linux", "linux", "mac", "mac"),
                names(dataset.fields().get(0), batch.columns().get(0)));
        assertArrayEquals(new int[] {0, 0, 2, 3, 3}, batch.columns().get(1).offsets());
        assertEquals(
                List.of("de", "fr", "de"),
                names(dataset.fields().get(1), batch.columns().get(1)));
    }

    @Test
    void refusesTimesThatAreNotInTheUnit() throws IOException {
        write("clicks.csv", "user,item,ts\nu1,i1,1365029107000\n");
        write("dataset.yaml", EVENTS + READ);
        assertMessage(
                "the time [1365029107000] lies beyond the year 2970 when read as seconds; is the time_unit right?");
        write("clicks.csv", "user,item,ts\nu1,i1,10\nu1,i2,-1\n");
        assertMessage("clicks.csv:3: the time [-1] lies before the year 1970");
    }

    @Test
    void refusesADatasetWithoutEvents() throws IOException {
        write("clicks.csv", "user,item,ts\n");
        write("dataset.yaml", EVENTS + READ);
        assertMessage("no events in ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '`',
            value = {
                "events: {path: [=>dataset.yaml:1: not valid YAML",
                "- a=>dataset.yaml:1: expected a mapping with the key [events]",
                "fields: []=>dataset.yaml:1: lacks the key [events]",
                "events: 5=>dataset.yaml:1: [events] must be a mapping with the keys [path, ",
                "E;F;speed: 3=>dataset.yaml:4: [speed] is unknown, expected one of [name, events, ",
                "E;F;fields: []=>dataset.yaml:4: [fields] is given twice",
                "E;fields: {}=>dataset.yaml:2: [fields] must be a list",
                "E;F;max_bad_rows: -1=>dataset.yaml:4: [max_bad_rows] is [-1], expected a whole number of 0 or more",
                "E;F;block_hours: 0=>dataset.yaml:4: [block_hours] is [0], expected a whole number of 1 or more",
                "E;F;pool_hours: day=>dataset.yaml:4: [pool_hours] is [day], expected a whole number of 0 or more",
                "E;F;max_bad_rows: few=>[max_bad_rows] is [few], expected a whole number of 0 or more",
                "events: {path: none.csv, user: user, item: item, time: ts};F=>:1: [events.path] cannot read",
                "events: {path: clicks.log, user: user};F=>[events.path] has an unknown ending; state the [format]",
                "events: {path: clicks.csv, format: xml};F=>[events.format] is [xml], expected one of [csv, parquet, ndjson]",
                "events: {path: clicks.csv, header: no};F=>[events.header] is [no], expected true or false",
                "events: {path: clicks.csv, header: false};F=>[events] lacks the key [columns]",
                "events: {path: []};F=>[events.path] must be a list of distinct texts that is not empty",
                "events: {path: clicks.csv, header: false, columns: [a, a]};F=>[events.columns] must be a list of distinct",
                "events: {path: clicks.csv, user: [u]};F=>[events.user] must be a text that is not empty",
                "events: {path: clicks.csv, user: uid};F=>[events.user] names the column [uid], but ",
                "events: {path: clicks.csv, user: user, item: item, time: ts, time_unit: hours};F=>"
                        + "[events.time_unit] is [hours], expected one of [seconds, millis, timestamp]",
                "E;fields:;  - {name: a, kind: history};  - {name: a, kind: activity}=>"
                        + "dataset.yaml:4: [fields[1].name] is [a], a name that is taken",
                "E;fields:;  - {name: a, kind: embedding}=>dataset.yaml:3: [fields[0].kind] is [embedding], expected one of "
                        + "[univalent, multivalent, continuous, history, context, activity]",
                "E;fields: [{name: a, kind: univalent}]=>[fields[0]] is read from the users, but there is no [users] table",
                "E;fields: [{name: a, kind: history, of: genres}]=>[fields[0].of] is [genres], expected one of [item]",
                "E;fields: [{name: a, kind: history, column: b}]=>[fields[0].column] is unknown, expected one of [name, kind,"
                        + " of, last]",
                "E;fields: [{name: a, kind: univalent, separator: b}]=>[fields[0].separator] is unknown, expected one of"
                        + " [name, kind, column]",
                "E;fields: [{name: a, kind: activity, last: 1}]=>[fields[0].last] is unknown, expected one of [name, kind]",
                "E;fields: [{name: a, kind: context}]=>[fields[0]] names the column [a], but ",
                "E;fields: [{name: a, kind: history, last: 0}]=>[fields[0].last] is [0], expected a whole number of 1 or more",
                "E;users: {path: clicks.csv, id: user};fields: [{name: a, kind: univalent, column: b}]=>"
                        + "[fields[0]] names the column [b], but ",
            })
    void tellsWhatIsWrongInTheYaml(String lines, String expected) throws IOException {
        write("clicks.csv", "user,item,ts\nu1,i1,1\n");
        write(
                "dataset.yaml",
                lines.replace("E;", EVENTS)
                        .replace(";F", ";" + READ)
                        .replace("F;", READ)
                        .replace(';', '\n'));
        assertMessage(expected);
    }

    private Dataset load() {
        return new DatasetLoader(notices::add).load("files:" + folder);
    }

    private String assertMessage(String part) {
        String message = assertThrows(DatasetException.class, this::load).getMessage();
        assertTrue(message.contains(part), message);
        return message;
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private void parquet(String name, String select) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("COPY (" + select + ") TO '" + folder.resolve(name + ".parquet") + "' (FORMAT parquet)");
        }
    }
}
