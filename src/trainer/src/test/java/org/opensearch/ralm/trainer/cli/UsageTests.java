package org.opensearch.ralm.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.OptionSpec;

/** What each command says of itself, and of options, files and data that will not do. */
class UsageTests {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"train", "evaluate", "simulate", "publish", "demo"})
    void helpExplainsEachOption(String command) {
        CommandRun run = CommandRun.of(command, "--help");
        assertEquals(0, run.code());
        assertEquals("", run.err());
        assertTrue(run.out().startsWith("Usage: ralm " + command), run.out());
        for (OptionSpec option : Ralm.commandLine()
                .getSubcommands()
                .get(command)
                .getCommandSpec()
                .options()) {
            String name = option.longestName();
            assertTrue(run.out().contains(option.negatable() ? name.replace("--", "--[no-]") : name), name);
            assertTrue(option.description().length > 0, option.longestName());
        }
        assertFalse(run.out().contains("${"), run.out());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "train                                    | Missing required option: '--out=DIR'",
                "train --out={} --epochs 0                | --epochs must be from 1 to 10000, but is 0",
                "train --out={} --epochs x                | Invalid value for option '--epochs': 'x' is not an int",
                "train --out={} --dimension 1025          | --dimension must be from 1 to 1024, but is 1025",
                "train --out={} --clusters 129            | --clusters must be from 1 to 128, but is 129",
                "train --out={} --clusters 0              | --clusters must be from 1 to 128, but is 0",
                "train --out={} --patience 0              | --patience must be from 1 to 10000, but is 0",
                "train --out={} --validate-batches 0      | --validate-batches must be from 1 to 2147483647, but is 0",
                "train --out={} --batch 0                 | --batch must be from 1 to 65536, but is 0",
                "train --out={} --min-seeds 0             | --min-seeds must be from 1 to 2147483647, but is 0",
                "train --out={} --max-seeds 3000001       | --max-seeds must be from 1 to 3000000, but is 3000001",
                "train --out={} --rate NaN                | --rate must be above 0, but is NaN",
                "train --out={} --lookalike-rate -1       | --lookalike-rate must be above 0, but is -1.0",
                "train --out={} --phase-1 0               | --phase-1 must be above 0 and below 1, but is 0.0",
                "train --out={} --phase-1 1               | --phase-1 must be above 0 and below 1, but is 1.0",
                "train --out={} --phase-1 1.5             | --phase-1 must be above 0 and below 1, but is 1.5",
                "train --out={} --phase-1 NaN             | --phase-1 must be above 0 and below 1, but is NaN",
                "train --out={} --model ../m              | --model must be 1 to 128 letters, digits and . _ - @",
                "train --out={} --sample 0                | --sample must be above 0 and at most 1, but is 0.0",
                "train --out={} --epoch 3                 | Unknown options: '--epoch', '3'",
                "evaluate --models ralm,best              | Invalid value for option '--models' (A,B): 'best' is none",
                "evaluate --max-bad-rows -1               | --max-bad-rows must be at least 0, but is -1",
                "evaluate --block-hours 0                 | --block-hours must be at least 1, but is 0",
                "evaluate --pool-hours -1                 | --pool-hours must be at least 0, but is -1",
                "evaluate --sample 1.1                    | --sample must be above 0 and at most 1, but is 1.1",
                "evaluate --minhash 20                    | --minhash must be BANDSxROWS, each from 1 to 999, e.g. 20x4",
                "evaluate --minhash 0x4                   | --minhash must be BANDSxROWS",
                "evaluate --seeds 0                       | --seeds must be at least 1, but is 0",
                "evaluate --test-users 0                  | --test-users must be at least 1, but is 0",
                "evaluate --on all                        | Invalid value for option '--on': expected one of [VALIDATION,",
                "evaluate --clusters 0                    | --clusters must be from 1 to 128, but is 0",
                "simulate --data movielens:x              | --data must be synthetic[:KEY=VALUE,…], but is 'movielens:x'",
                "simulate --data synthetic:users=x        | --data: [users] is [x], expected a number",
                "simulate --share 1.5                     | [share] is [1.5], expected a share in [0, 1]",
                "simulate --slots 0                       | [slots] is [0], expected 1 or more",
                "publish                                  | Missing required option: '--from=DIR'",
                "publish --from x --url :                 | Invalid value for option '--url'",
                "demo --port many                         | Invalid value for option '--port': 'many' is not an int",
                "bench                                    | Missing command: score, recall, live, chaos, train or blocks",
                "bench score                              | Missing required option: '--json=FILE'",
                "bench score --json x --candidates 10,0   | --candidates must be from 1 to 10000000, but is 0",
                "bench score --json x --clusters 129      | --clusters must be from 1 to 128, but is 129",
                "bench recall --json x --candidates 999   | --candidates must be at least 1000, but is 999",
                "bench chaos                              | Missing required option: '--json=FILE'",
                "bench chaos --json x --minutes 0         | --minutes must be from 0.5 to 1440, but is 0.0",
                "bench train --steps 9                    | --steps must be at least 10, but is 9",
                "bench live                               | Missing required option: '--json=FILE'",
                "bench live --json x --seconds 0          | --seconds must be at least 1, but is 0",
                "bench live --json x --rate -1            | --rate must be at least 1, but is -1",
                "bench live --json x --candidates 0       | --candidates must be at least 1, but is 0",
                "teach                                    | Unmatched argument at index 0: 'teach'",
            })
    void wrongUsageEndsWithTwoAndOneLine(String line, String message) {
        CommandRun run = CommandRun.of(line.replace("{}", directory.toString()).split(" "));
        assertEquals(2, run.code(), run.err());
        assertTrue(run.err().startsWith("ralm: " + message), run.err());
        assertTrue(run.err().contains("Try 'ralm"), run.err());
        assertFalse(run.err().contains("\tat "), run.err());
        assertEquals("", run.out());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "train --out={} --data nonsense           | unknown kind of dataset [nonsense]",
                "train --out={} --data synthetic:users=x  | synthetic: [users] is [x], expected a number",
                "train --out={} --data movielens:{}/none  | [{}/none] is no folder, expected movielens:DIR",
                "train --out={} --data files:{}           | [{}/dataset.yaml] is no file",
                "train --out={}/file --data synthetic     | {}/file: is there already and no directory",
                "publish --from {}                        | model.json: there is no such file in {}",
            })
    void whatIsMissingIsToldInOneLine(String line, String message) throws IOException {
        Files.createFile(directory.resolve("file"));
        CommandRun run = CommandRun.of(line.replace("{}", directory.toString()).split(" "));
        assertEquals(1, run.code(), run.err());
        assertTrue(run.err().startsWith("ralm: " + message.replace("{}", directory.toString())), run.err());
        assertEquals(1, run.err().lines().count(), run.err());
    }

    @Test
    void anAttributeThatItemsDoNotHaveIsTold() throws IOException {
        writeDataset(600);
        CommandRun run = CommandRun.of(("evaluate --tags topic --data=files:" + directory).split(" "));
        assertEquals(2, run.code(), run.err());
        assertTrue(
                run.err().startsWith("ralm: --tags is 'topic', but the attributes of items in [tiny] are []"),
                run.err());
    }

    @Test
    void anEmptyDatasetIsTold() throws IOException {
        writeDataset(0);
        for (String command : List.of("train --out=" + directory.resolve("out"), "evaluate")) {
            assertFault(command, "no events in [" + directory.resolve("clicks.csv") + "]");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 30, 300})
    void aDatasetTooSmallToLearnFromIsTold(int clicks) throws IOException {
        writeDataset(clicks);
        assertFault("train --out=" + directory.resolve("out"), "");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 30, 300})
    void aDatasetTooSmallToMeasureByIsTold(int clicks) throws IOException {
        writeDataset(clicks);
        assertFault("evaluate", "dataset [tiny] has nothing to measure by");
    }

    private void assertFault(String command, String message) {
        CommandRun run = CommandRun.of((command + " --data=files:" + directory + " --dimension=4").split(" "));
        assertEquals(1, run.code(), run.err());
        assertTrue(run.err().startsWith("ralm: " + message), run.err());
        assertEquals(1, run.err().lines().count(), run.err());
    }

    private void writeDataset(int clicks) throws IOException {
        StringBuilder events = new StringBuilder("user,item,ts\n");
        for (int click = 0; click < clicks; click++) {
            events.append("u" + click % 17 + ",i" + click % 13 + "," + (1_000_000 + click * 3_600) + "\n");
        }
        Files.writeString(directory.resolve("clicks.csv"), events);
        Files.writeString(
                directory.resolve("dataset.yaml"),
                """
                name: tiny
                events: {path: clicks.csv, user: user, item: item, time: ts}
                fields:
                  - {name: read, kind: history}
                """);
    }
}
