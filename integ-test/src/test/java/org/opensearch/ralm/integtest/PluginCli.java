package org.opensearch.ralm.integtest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.opensearch.ralm.trainer.server.ServerLayout;

/** {@code opensearch-plugin} of a server. */
record PluginCli(ServerLayout server) {
    void run(String... arguments) throws IOException, InterruptedException {
        Path home = server.home();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dopensearch.path.home=" + home,
                "-Dopensearch.path.conf=" + home.resolve("config"),
                "-cp",
                home.resolve("lib/*") + ":" + home.resolve("lib/tools/plugin-cli/*"),
                "org.opensearch.tools.cli.plugin.PluginCli"));
        command.addAll(List.of(arguments));
        Command.of(command.toArray(String[]::new)).run();
    }
}
