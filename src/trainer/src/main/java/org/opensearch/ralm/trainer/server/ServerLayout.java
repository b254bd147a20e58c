package org.opensearch.ralm.trainer.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The home of an OpenSearch server with k-NN and this project's plugin installed, as the distribution module builds it.
 * Read-only and thread-safe.
 *
 * @param home holds {@code agent}, {@code lib}, {@code modules} and {@code plugins}
 */
public record ServerLayout(Path home) {
    /** The system property that names the home; {@code distribution/bin/ralm} sets it. */
    public static final String HOME_PROPERTY = "ralm.server.home";

    private static final String AGENT = "agent/opensearch-agent.jar";

    /** Refuses a directory that holds no server. */
    public ServerLayout {
        home = home.toAbsolutePath().normalize();
        if (!Files.isRegularFile(home.resolve(AGENT))) {
            throw new ServerException(
                    "there is no OpenSearch server in " + home + ": expected " + AGENT + " and its neighbours there");
        }
    }

    /** The layout that the system property {@value #HOME_PROPERTY} names. */
    public static ServerLayout find() {
        String home = System.getProperty(HOME_PROPERTY);
        if (home == null) {
            throw new ServerException("no OpenSearch server to start: run distribution/bin/ralm of a source checkout,"
                    + " which builds one, or name one by -D" + HOME_PROPERTY + "=DIR");
        }
        return new ServerLayout(Path.of(home));
    }

    /** The arguments of a JVM, run in {@link #home()}, that make it this server. */
    List<String> serverArguments(Path config) {
        return List.of(
                "-javaagent:" + AGENT,
                "-Dopensearch.path.home=" + home,
                "-Dopensearch.path.conf=" + config,
                "-cp",
                "lib/*",
                "org.opensearch.bootstrap.OpenSearch");
    }

    /** What each node's config directory begins with: how the server logs, without which none starts, and plugins' own. */
    public Path config() {
        return home.resolve("config");
    }

    /** Copies the server, so that changes to the original leave a running cluster alone; replaces an older copy. */
    public ServerLayout copyTo(Path target) throws IOException {
        Directories.delete(target);
        Directories.copy(home, target);
        return new ServerLayout(target);
    }
}
