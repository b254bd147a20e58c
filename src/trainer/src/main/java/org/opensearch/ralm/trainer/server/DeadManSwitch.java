package org.opensearch.ralm.trainer.server;

import java.io.IOException;
import java.util.List;

/**
 * Kills a process when this JVM ends in whatever way, {@code kill -9} included: a shell of its own session reads from a
 * pipe whose only writer is this JVM, and strikes when the pipe closes.
 */
final class DeadManSwitch {
    private final Process watcher;

    private DeadManSwitch(Process watcher) {
        this.watcher = watcher;
    }

    static DeadManSwitch on(ProcessHandle process) throws IOException {
        return new DeadManSwitch(new ProcessBuilder(List.of(
                        "setsid",
                        "sh",
                        "-c",
                        "read -r line; kill -9 \"$1\"",
                        "ralm-dead-man-switch",
                        Long.toString(process.pid())))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /** Disarms the switch; afterwards the process outlives this JVM. */
    void release() {
        watcher.destroyForcibly().onExit().join();
    }
}
