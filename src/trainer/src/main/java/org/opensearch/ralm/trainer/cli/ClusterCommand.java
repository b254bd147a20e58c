package org.opensearch.ralm.trainer.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.opensearch.ralm.trainer.server.ClusterHealth;
import org.opensearch.ralm.trainer.server.ClusterOptions;
import org.opensearch.ralm.trainer.server.LocalCluster;
import org.opensearch.ralm.trainer.server.ServerLayout;
import org.opensearch.ralm.trainer.server.ServerNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code ralm cluster}: a local cluster that keeps running in the background. */
@Command(name = "cluster", description = "Runs a local OpenSearch cluster with k-NN and the plugin installed.")
final class ClusterCommand implements Runnable {
    private static final int NOT_RUNNING = 1;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "Where the cluster keeps its data, logs and process ids (default: ${DEFAULT-VALUE}).")
    private Path state = ClusterOptions.defaultState();

    @Option(
            names = "--demo",
            scope = ScopeType.INHERIT,
            description = "The cluster that `ralm demo --keep` has left running, in place of your own.")
    void ofDemo(boolean demo) {
        state = demo ? ClusterOptions.demoState() : state;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command: start, stop or status");
    }

    @Command(
            description =
                    "Starts the cluster, waits until it answers and leaves it running. Data of an earlier start is kept.")
    int start(
            @Option(
                            names = "--nodes",
                            paramLabel = "N",
                            defaultValue = "1",
                            description = "How many nodes (default: 1).")
                    int nodes,
            @Option(
                            names = "--port",
                            paramLabel = "P",
                            defaultValue = "9200",
                            description = "HTTP port of the first node, the others' follow; 0 for any free ones"
                                    + " (default: 9200).")
                    int port,
            @Option(
                            names = "--heap",
                            paramLabel = "SIZE",
                            defaultValue = "1g",
                            description = "Heap of each node (default: 1g).")
                    String heap,
            @Option(names = "--fresh", description = "Start without the data of an earlier start.") boolean fresh)
            throws IOException {
        List<ServerNode> running = runningNodes();
        if (!running.isEmpty()) {
            print("the cluster runs already, %d of its nodes", running.size());
            running.forEach(this::describe);
            return 0;
        }
        ClusterOptions options = ClusterOptions.in(state)
                .withNodes(nodes)
                .withPort(port)
                .withHeap(heap)
                .withKeepData(!fresh);
        ServerLayout server = ServerLayout.find();
        print("starting %d node%s, logs and data in %s", nodes, nodes == 1 ? "" : "s", state);
        LocalCluster cluster = LocalCluster.start(server, options);
        cluster.detach();
        cluster.nodes().forEach(this::describe);
        print("stop it with: ralm cluster stop%s", stateOption());
        return 0;
    }

    @Command(description = "Stops the cluster; its data stays.")
    int stop() throws IOException {
        List<ServerNode> running = runningNodes();
        running.parallelStream().forEach(ServerNode::stop);
        print(running.isEmpty() ? "no cluster runs in %s" : "stopped the cluster in %s", state);
        return 0;
    }

    @Command(description = "Shows the cluster's nodes and its health; ends with 1 if none runs.")
    int status() throws IOException {
        List<ServerNode> running = runningNodes();
        if (running.isEmpty()) {
            print("no cluster runs in %s", state);
            return NOT_RUNNING;
        }
        LocalCluster.nodesIn(state).forEach(this::describe);
        running.stream()
                .map(ServerNode::health)
                .flatMap(Optional::stream)
                .findFirst()
                .ifPresentOrElse(this::describe, () -> print("health: no node answers"));
        return 0;
    }

    private List<ServerNode> runningNodes() throws IOException {
        return LocalCluster.nodesIn(state).stream().filter(ServerNode::isAlive).toList();
    }

    private void describe(ServerNode node) {
        String process =
                node.process().map(running -> "process " + running.pid()).orElse("not running");
        print("%s  %s  %s", node.name(), node.url(), process);
    }

    private void describe(ClusterHealth health) {
        print("health: %s, %d nodes, %d active shards", health.status(), health.nodes(), health.activeShards());
    }

    private String stateOption() {
        return state.equals(ClusterOptions.defaultState()) ? "" : " --state '" + state + "'";
    }

    private void print(String format, Object... values) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(format + "%n", values);
        out.flush();
    }
}
