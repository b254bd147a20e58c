package org.opensearch.ralm.plugin.refresh;

import java.lang.management.ManagementFactory;

/** The processor time that the current thread takes from one moment on. */
final class CpuTime {

    private final long begin = now();

    private CpuTime() {}

    static CpuTime begin() {
        return new CpuTime();
    }

    long millis() {
        return (now() - begin) / 1_000_000;
    }

    private static long now() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
