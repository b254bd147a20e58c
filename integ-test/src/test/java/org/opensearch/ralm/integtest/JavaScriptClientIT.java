package org.opensearch.ralm.integtest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The example of a feed's backend by opensearch-js does what it says: its own tests pass. */
@ExtendWith(SharedCluster.class)
class JavaScriptClientIT {
    @Test
    void itsTestsPass(Rest rest) throws IOException, InterruptedException {
        Tools.require("node", "npm");
        ClientFeed feed = ClientFeed.create(rest, "client-javascript");
        Path directory = copyOfTheExample();
        Command.of("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline")
                .in(directory)
                .run();
        Command.of("npm", "test")
                .in(directory)
                .with(Map.of("RALM_URL", rest.url().toString(), "RALM_FEED", feed.name()))
                .run();
    }

    /** npm puts what it installs beside the sources; here beside copies of them. */
    private static Path copyOfTheExample() throws IOException {
        Path copy = Files.createDirectories(Installation.javaScriptClientCopy());
        try (Stream<Path> files = Files.list(Installation.javaScriptClient())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, copy.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return copy;
    }
}
