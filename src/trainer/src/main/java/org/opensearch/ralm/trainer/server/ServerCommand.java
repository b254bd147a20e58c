package org.opensearch.ralm.trainer.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a node's process is started: the JVM, its options, and whom it runs as. */
record ServerCommand(ServerLayout layout, ServerUser user, String heap) {
    /** The same on another server. */
    ServerCommand on(ServerLayout other) {
        return new ServerCommand(other, user, heap);
    }

    ProcessBuilder of(NodeDirectory node) {
        ProcessBuilder builder =
                new ProcessBuilder(arguments(node)).directory(layout.home().toFile());
        // Otherwise each start leaves a directory in the system's.
        builder.environment().put("OPENSEARCH_TMPDIR", node.temporary().toString());
        return builder;
    }

    private List<String> arguments(NodeDirectory node) {
        List<String> jvm = new ArrayList<>();
        jvm.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        jvm.add("-Xms" + heap);
        jvm.add("-Xmx" + heap);
        jvm.add("-XX:+UseG1GC");
        jvm.add("-XX:+ExitOnOutOfMemoryError");
        jvm.add("-XX:ErrorFile=" + node.logs().resolve("hs_err_pid%p.log"));
        jvm.add("-Djava.io.tmpdir=" + node.temporary());
        jvm.add("-Djava.awt.headless=true");
        jvm.add("-Dfile.encoding=UTF-8");
        jvm.add("--add-modules=jdk.incubator.vector");
        jvm.add("--enable-native-access=ALL-UNNAMED");
        // The server shuts its logging down itself, last of all.
        jvm.add("-Dlog4j.shutdownHookEnabled=false");
        jvm.add("-Dlog4j2.disable.jmx=true");
        jvm.addAll(layout.serverArguments(node.config()));

        // A session of its own: Ctrl-C at the terminal reaches the command line alone, which then stops the nodes.
        List<String> command = new ArrayList<>(List.of("setsid"));
        command.addAll(user.command(jvm));
        return command;
    }
}
