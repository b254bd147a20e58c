package org.opensearch.ralm.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundedMemoryTests {

    /** The vectors of all seeds would take 1.5 GB; those of the sample take half a KiB each. */
    @ParameterizedTest
    @CsvSource({"20000, 48", "100000, 224"})
    void threeMillionSeedsAreClusteredInTheMemoryOfTheSample(int sampleSize, int heap)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + heap + "m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ManySeeds.class.getName(),
                        Integer.toString(sampleSize))
                .redirectErrorStream(true)
                .start();

        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertEquals(0, process.waitFor(), output);
        assertEquals("3000000 seeds", output.strip());
    }
}
