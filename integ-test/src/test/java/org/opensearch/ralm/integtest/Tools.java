package org.opensearch.ralm.integtest;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Programs that a test needs and a machine may lack. */
final class Tools {
    private Tools() {}

    /** Skips the test where a program is not on the path; fails it where {@code ralm.tools.required} is set. */
    static void require(String... programs) {
        for (String program : programs) {
            if (isOnPath(program)) {
                continue;
            }
            String missing = program + " is not on the PATH";
            if (Boolean.getBoolean("ralm.tools.required")) {
                throw new AssertionError(missing);
            }
            assumeTrue(false, missing);
        }
    }

    private static boolean isOnPath(String program) {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
}
