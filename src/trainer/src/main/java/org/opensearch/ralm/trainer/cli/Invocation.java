package org.opensearch.ralm.trainer.cli;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** A command as it was given: a line that a shell can be given again. */
final class Invocation {

    private Invocation() {}

    /** The whole line of a command that is being executed. */
    static String of(CommandSpec command) {
        return line(command.root().commandLine().getParseResult().originalArgs());
    }

    static String line(List<String> arguments) {
        return "ralm " + arguments.stream().map(Invocation::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String argument) {
        return argument.matches("[A-Za-z0-9_./:=,@%+-]+") ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }
}
