package org.opensearch.ralm.trainer.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import picocli.CommandLine;

/**
 * What a command did.
 *
 * @param code it ended with
 * @param out what it printed
 * @param err what it complained of
 */
record CommandRun(int code, String out, String err) {

    /** The options of a training that takes a second or two. */
    private static final String[] TINY = {
        "--data=synthetic:users=100,items=30,events=700,days=12,interests=3",
        "--dimension=8",
        "--clusters=3",
        "--epochs=2",
        "--batch=64",
        "--min-seeds=5",
    };

    static CommandRun of(String... arguments) {
        StringWriter out = new StringWriter();
        return of(out, out, arguments);
    }

    /** Prints to a writer of the caller's, from which the result's output is taken. */
    static CommandRun of(Writer to, Object printed, String... arguments) {
        StringWriter err = new StringWriter();
        CommandLine ralm = Ralm.commandLine()
                .setOut(new PrintWriter(to, true))
                .setErr(new PrintWriter(err, true))
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        int code = ralm.execute(arguments);
        return new CommandRun(code, printed.toString(), err.toString());
    }

    /** A command on little data with a small model. */
    static String[] tiny(String command, String... more) {
        String[] arguments = new String[TINY.length + 1 + more.length];
        arguments[0] = command;
        System.arraycopy(TINY, 0, arguments, 1, TINY.length);
        System.arraycopy(more, 0, arguments, TINY.length + 1, more.length);
        return arguments;
    }
}
