package org.opensearch.ralm.trainer.cli;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.opensearch.ralm.trainer.training.KeptRound;
import picocli.CommandLine.Model.CommandSpec;

/**
 * While it is open, whoever ends the process by Ctrl-C or SIGTERM is told what is kept of the training, and how it goes
 * on. What is kept is looked up on disk at that moment: each round is there as a whole or not at all.
 *
 * <p>The training is interrupted first and given the time to end its batch: a process that exits while native code
 * computes may crash.
 */
final class Interruption implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 5;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread training;
    private final Thread exit;

    private Interruption(Thread training, Runnable notice) {
        this.training = training;
        this.exit = new Thread(() -> {
            endTraining();
            notice.run();
        });
    }

    /**
     * Begins to watch the thread that calls it.
     *
     * @param checkpoints where rounds are kept; null if nowhere
     */
    static Interruption watch(CommandSpec command, Path checkpoints) {
        String line = Invocation.of(command);
        Interruption watched = new Interruption(
                Thread.currentThread(), () -> command.commandLine().getErr().println(message(checkpoints, line)));
        Runtime.getRuntime().addShutdownHook(watched.exit);
        return watched;
    }

    /** What is told. */
    static String message(Path checkpoints, String line) {
        if (checkpoints == null) {
            return "ralm: interrupted; nothing was kept, for it takes --checkpoint DIR to go on later";
        }
        return KeptRound.latest(checkpoints)
                .map(kept -> "ralm: interrupted; round " + kept.round() + " of [" + kept.phase() + "], epoch "
                        + kept.epoch() + ", is kept in " + kept.directory() + "; to go on: " + line)
                .orElseGet(
                        () -> "ralm: interrupted before the first round was over; nothing was kept in " + checkpoints);
    }

    private void endTraining() {
        training.interrupt();
        try {
            ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the watch, as the training is over. */
    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(exit);
        } catch (IllegalStateException exiting) {
            // The notice is on its way.
        }
    }
}
