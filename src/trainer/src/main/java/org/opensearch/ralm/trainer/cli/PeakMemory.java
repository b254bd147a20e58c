package org.opensearch.ralm.trainer.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;

/** The most memory that this process has had. */
final class PeakMemory {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String PEAK_RESIDENT = "VmHWM:";

    private PeakMemory() {}

    /** In MiB: what was resident, native memory included; where the system does not tell, the largest heap. */
    static double megabytes() {
        return Files.isReadable(STATUS) ? residentMegabytes() : heapMegabytes();
    }

    private static double residentMegabytes() {
        try {
            return Files.readAllLines(STATUS).stream()
                            .filter(line -> line.startsWith(PEAK_RESIDENT))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                            .findFirst()
                            .orElse(0)
                    / 1024.0;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + STATUS, e);
        }
    }

    private static double heapMegabytes() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .map(MemoryPoolMXBean::getPeakUsage)
                        .mapToLong(usage -> usage.getUsed())
                        .sum()
                / (double) (1 << 20);
    }
}
