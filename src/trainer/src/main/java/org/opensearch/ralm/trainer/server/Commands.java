package org.opensearch.ralm.trainer.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs short system commands to their end. */
final class Commands {
    private Commands() {}

    /** Whether a command exists and ends with 0. */
    static boolean succeeds(List<String> command) throws IOException {
        try {
            run(command);
            return true;
        } catch (ServerException failure) {
            return false;
        }
    }

    /** Runs a command; one that is missing or fails is reported with its output. */
    static void run(List<String> command) throws IOException {
        Process process = start(command);
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            int code = process.waitFor();
            if (code != 0) {
                throw new ServerException(String.join(" ", command) + " ended with " + code + ": " + output.strip());
            }
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new ServerException("interrupted while running " + String.join(" ", command), interruption);
        }
    }

    private static Process start(List<String> command) {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException failure) {
            throw new ServerException("cannot run " + command.getFirst() + ": " + failure.getMessage(), failure);
        }
    }
}
