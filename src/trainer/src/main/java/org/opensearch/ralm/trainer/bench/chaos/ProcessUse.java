package org.opensearch.ralm.trainer.bench.chaos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a JVM process holds after a forced collection of garbage, as the system sees it.
 *
 * @param heapMegabytes of live objects
 * @param threads of the system, the JVM's own included
 * @param handles open files and sockets
 */
record ProcessUse(double heapMegabytes, int threads, int handles) {

    private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    private static final Pattern LIVE = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

    /** Collects garbage and reads; the process must be a JVM of this JDK's version. */
    static ProcessUse of(ProcessHandle process) throws IOException {
        return new ProcessUse(
                heapMegabytes(jcmd(process, "GC.class_histogram")), entries(process, "task"), entries(process, "fd"));
    }

    /**
     * The bytes of all live objects, as the last line of {@code jcmd GC.class_histogram} says them, in MiB. What the
     * heap has in use is more by tens of percent, by chance: regions that are not full, and garbage made since.
     */
    static double heapMegabytes(String histogram) {
        Matcher live = LIVE.matcher(histogram);
        if (live.find() == false) {
            throw new IllegalStateException("jcmd does not say how much of the heap is live: " + histogram);
        }
        return Long.parseLong(live.group(1)) / 1024.0 / 1024.0;
    }

    private static int entries(ProcessHandle process, String directory) throws IOException {
        try (Stream<Path> entries = Files.list(Path.of("/proc", Long.toString(process.pid()), directory))) {
            return (int) entries.count();
        }
    }

    private static String jcmd(ProcessHandle process, String command) throws IOException {
        Process running = new ProcessBuilder(JCMD.toString(), Long.toString(process.pid()), command)
                .redirectErrorStream(true)
                .start();
        String output = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (running.onExit().join().exitValue() != 0) {
            throw new IOException("jcmd " + command + " failed: " + output.strip());
        }
        return output;
    }
}
