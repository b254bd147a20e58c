package org.opensearch.ralm.trainer.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.opensearch.ralm.trainer.training.KeptRound;
import picocli.CommandLine.Model.CommandSpec;

/**
 * While it is open, whoever ends the process by Ctrl-C or SIGTERM is told what is kept of the training, and how it goes
 * on. What is kept is looked up on disk at that moment: each round is there as a whole or not at all.
 */
final class Interruption implements AutoCloseable {

    private final Thread notice;

    private Interruption(Thread notice) {
        this.notice = notice;
    }

    /**
     * Begins to watch.
     *
     * @param checkpoints where rounds are kept; null if nowhere
     */
    static Interruption watch(CommandSpec command, Path checkpoints) {
        List<String> arguments = command.root().commandLine().getParseResult().originalArgs();
        Thread notice = new Thread(() -> command.commandLine().getErr().println(message(checkpoints, arguments)));
        Runtime.getRuntime().addShutdownHook(notice);
        return new Interruption(notice);
    }

    /** What is told. */
    static String message(Path checkpoints, List<String> arguments) {
        if (checkpoints == null) {
            return "ralm: interrupted; nothing was kept, for it takes --checkpoint DIR to go on later";
        }
        return KeptRound.latest(checkpoints)
                .map(kept -> "ralm: interrupted; round " + kept.round() + " of [" + kept.phase() + "], epoch "
                        + kept.epoch() + ", is kept in " + kept.directory() + "; to go on: " + line(arguments))
                .orElseGet(
                        () -> "ralm: interrupted before the first round was over; nothing was kept in " + checkpoints);
    }

    private static String line(List<String> arguments) {
        return "ralm " + arguments.stream().map(Interruption::quoted).collect(Collectors.joining(" "));
    }

    /** As a shell wants it. */
    private static String quoted(String argument) {
        return argument.matches("[A-Za-z0-9_./:=,@%+-]+") ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }

    /** Ends the watch; without effect once the process is ending. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(notice);
        } catch (IllegalStateException ending) {
            // The notice is on its way.
        }
    }
}
