package org.opensearch.ralm.trainer.server;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DeadManSwitchTests {
    /** Starts a process that lives long, arms the switch, says its id and waits. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws IOException, InterruptedException {
            Process guarded = new ProcessBuilder("sleep", "600").start();
            DeadManSwitch.on(guarded.toHandle());
            System.out.println(guarded.pid());
            guarded.waitFor();
        }
    }

    @Test
    void killsTheProcessWhenTheJvmIsKilled() throws Exception {
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName())
                .start();
        try (BufferedReader output = holder.inputReader()) {
            ProcessHandle guarded =
                    ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
            assertTrue(guarded.isAlive());
            holder.destroyForcibly();
            guarded.onExit().get(1, TimeUnit.MINUTES);
        } finally {
            holder.destroyForcibly();
        }
    }

    @Test
    void sparesTheProcessOnceReleased() throws Exception {
        Process guarded = new ProcessBuilder("sleep", "600").start();
        try {
            DeadManSwitch.on(guarded.toHandle()).release();
            assertTrue(guarded.isAlive());
        } finally {
            guarded.destroyForcibly();
        }
    }
}
