package org.opensearch.ralm.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RalmTests {
    @TempDir
    private Path directory;

    private final StringWriter output = new StringWriter();

    @Test
    void helpNamesEachCommand() {
        assertEquals(0, run("--help"));
        assertTrue(output.toString().contains("cluster"), output.toString());
    }

    @Test
    void wrongUsageEndsWithTwo() {
        assertEquals(2, run());
        assertEquals(2, run("cluster"));
        assertEquals(2, run("cluster", "start", "--nodes", "many"));
    }

    @Test
    void aBadOptionIsToldInOneLine() {
        assertEquals(1, run("cluster", "start", "--state", directory.toString(), "--nodes", "0"));
        assertEquals("ralm: nodes is 0, expected 1 to 9", output.toString().strip());
    }

    @Test
    void stoppingIsIdempotentAndStatusSaysThatNothingRuns() {
        assertEquals(0, run("cluster", "stop", "--state", directory.toString()));
        assertEquals(1, run("cluster", "status", "--state", directory.toString()));
        assertTrue(output.toString().contains("no cluster runs in " + directory), output.toString());
    }

    @Test
    void startingWithoutAServerSaysWhereOneComesFrom() {
        assertEquals(1, run("cluster", "start", "--state", directory.toString()));
        assertTrue(output.toString().contains("distribution/bin/ralm"), output.toString());
    }

    private int run(String... arguments) {
        PrintWriter writer = new PrintWriter(output, true);
        CommandLine ralm = Ralm.commandLine().setOut(writer).setErr(writer);
        return ralm.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .execute(arguments);
    }
}
