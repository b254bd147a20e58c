package org.opensearch.ralm.integtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.opensearch.ralm.artifact.UserVectors;

/** {@code ralm publish} to a cluster whose certificates are signed by an authority of its own. */
@ExtendWith(SecuredServerProvider.class)
class PublishIT {
    private static final int USERS = 30;

    @Test
    void publishesToWhomTheAuthorityVouchesForAndToNobodyElse(SecuredServer server, @TempDir Path directory)
            throws Exception {
        TestModel model = TestModel.random("published-m1", 3);
        model.artifact().write(directory);
        try (UserVectors.Writer writer = new UserVectors.Writer(directory)) {
            Random random = new Random(4);
            for (int user = 1; user <= USERS; user++) {
                writer.write("u" + user, model.randomUser(random));
            }
        }
        server.role("publisher", Role.of("cluster_composite_ops").with("published-*", "indices_all"));
        String credentials = server.credentials("publisher", "ralm_full_access", "publisher");

        Run distrustful = Run.of(credentials, server, directory);
        assertNotEquals(0, distrustful.code(), distrustful.output());
        assertTrue(distrustful.output().contains("PKIX"), distrustful.output());

        Run run = Run.of(
                credentials, server, directory, "--ca", server.authority().toString());
        assertEquals(0, run.code(), run.output());
        server.admin().get("/_plugins/_ralm/models/published-m1").ok();
        String count = server.admin().get("/published-m1-users/_count").ok().text();
        assertTrue(count.contains("\"count\":" + USERS), count);

        Run stranger = Run.of(
                "stranger:wrong", server, directory, "--ca", server.authority().toString());
        assertNotEquals(0, stranger.code(), stranger.output());
        assertTrue(stranger.output().contains("401"), stranger.output());
    }

    /** A process of the command line that has ended. */
    private record Run(int code, String output) {
        static Run of(String credentials, SecuredServer server, Path directory, String... options)
                throws IOException, InterruptedException {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(List.of("-cp", System.getProperty("java.class.path")));
            command.add("org.opensearch.ralm.trainer.cli.Ralm");
            command.addAll(List.of(
                    "publish",
                    "--from",
                    directory.toString(),
                    "--url",
                    server.url().toString()));
            command.addAll(List.of(options));
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().put("RALM_CREDENTIALS", credentials);
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Run(process.waitFor(), output);
        }
    }
}
