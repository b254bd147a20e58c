package org.opensearch.ralm.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opensearch.ralm.artifact.ModelArtifact;
import org.opensearch.ralm.artifact.ModelManifest;
import org.opensearch.ralm.trainer.config.TrainingFile;
import org.opensearch.ralm.trainer.training.TrainingOptions;
import picocli.CommandLine.Model.OptionSpec;

/** {@code --config}: what it documents, what wins over it, what it says of a fault. */
class ConfigArgumentTests {

    @TempDir
    private Path directory;

    private Path file(String yaml) throws IOException {
        return Files.writeString(directory.resolve("train.yaml"), yaml);
    }

    @Test
    void theFileThatTheHelpShowsHoldsAllDefaults() throws IOException {
        String help = CommandRun.of("train", "--help").out();
        String yaml = help.substring(help.indexOf("  paper: false"), help.indexOf("Example: "))
                .replaceAll("(?m)^  ", "");
        assertEquals(TrainingOptions.DEFAULT, TrainingFile.read(file(yaml), false));
    }

    /** Each name behind a # is an option, and each option of how models are trained is named so. */
    @Test
    void theFileThatTheHelpShowsNamesTheOptionsOfTheCommandLine() {
        String help = CommandRun.of("train", "--help").out();
        Set<String> named = Pattern.compile("# (--[a-z-]+)")
                .matcher(help)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
        Set<String> options =
                Ralm.commandLine().getSubcommands().get("train").getCommandSpec().mixins().values().stream()
                        .filter(mixin -> mixin.userObject() instanceof TrainingArguments)
                        .flatMap(mixin -> mixin.options().stream())
                        .map(OptionSpec::longestName)
                        .filter(name -> name.equals("--config") == false)
                        .collect(Collectors.toSet());
        assertEquals(options, named);
    }

    @Test
    void theCommandLineWinsOverTheFile() throws IOException {
        Path config = file("seed: 5\nlookalike: {clusters: 2, alpha: 1, beta: 0, local_temperature: 2}\n");
        Path out = directory.resolve("out");
        CommandRun run = CommandRun.of(CommandRun.tiny("train", "--out=" + out, "--config=" + config));
        assertEquals(0, run.code(), run.err());
        ModelManifest manifest = ModelArtifact.read(out).manifest();
        assertEquals(3, manifest.clusters());
        assertEquals(1, manifest.alpha());
        assertEquals(2, manifest.form().localTemperature());
        assertEquals(5, manifest.training().get("seed").intValue());
    }

    @Test
    void aFaultOfTheFileIsToldInOneLine() throws IOException {
        Path config = file("lookalike:\n  clusters: many\n");
        CommandRun run = CommandRun.of("train", "--out=" + directory.resolve("out"), "--config=" + config);
        assertEquals(1, run.code());
        assertEquals(
                "ralm: " + config + ":2: [lookalike.clusters] is [many], expected a whole number from 1 to 128",
                run.err().strip());
        assertTrue(CommandRun.of("evaluate", "--config=" + directory.resolve("none"))
                .err()
                .startsWith("ralm: cannot read ["));
    }
}
