package org.opensearch.ralm.trainer.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Where something was measured.
 *
 * @param cores how many the JVM may use
 * @param processor what the system calls it
 * @param memoryMegabytes of the whole machine
 * @param system name and version of the operating system
 * @param jdk the version, the same for client and server
 */
public record Machine(int cores, String processor, long memoryMegabytes, String system, String jdk) {

    /** The machine that this runs on. */
    public static Machine here() {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                valueOf("/proc/cpuinfo", "model name"),
                Long.parseLong("0" + valueOf("/proc/meminfo", "MemTotal").replaceAll("[^0-9]", "")) / 1024,
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.version"));
    }

    /** Adds what there is to be known. */
    public void describe(ObjectNode json) {
        json.put("cores", cores).put("processor", processor).put("memory_mb", memoryMegabytes);
        json.put("system", system).put("jdk", jdk);
    }

    /** In a few words. */
    public String toText() {
        return String.format(Locale.ROOT, "%d cores (%s), JDK %s", cores, processor, jdk);
    }

    /** The value of the first line with a name; empty on systems that have no such file. */
    private static String valueOf(String file, String name) {
        try {
            return Files.readAllLines(Path.of(file)).stream()
                    .filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }
}
