package org.opensearch.ralm.trainer.server;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A cluster of real OpenSearch processes on 127.0.0.1.
 *
 * <pre>{@code
 * try (LocalCluster cluster = LocalCluster.start(ServerLayout.find(), ClusterOptions.in(directory).withNodes(3))) {
 *     URI url = cluster.url();
 * }
 * }</pre>
 *
 * The processes end when the cluster is closed or this JVM ends, be it by {@code kill -9}, unless {@link #detach()} has
 * been called. Thread-safe.
 */
public final class LocalCluster implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final long POLL_MILLIS = 200;

    private final List<ServerNode> nodes;
    private final ServerCommand command;
    private final Thread shutdownHook = new Thread(this::stopAll, "stop-local-cluster");
    private volatile boolean stopped;

    private LocalCluster(List<ServerNode> nodes, ServerCommand command) {
        this.nodes = nodes;
        this.command = command;
    }

    /**
     * Refuses early what {@link #start} would refuse; nothing is changed.
     *
     * @throws ServerException if a cluster runs in this state directory already, or a port is taken
     */
    public static void requireStartable(ClusterOptions options) throws IOException {
        refuseIfRunning(new StateDirectory(options.state()));
        NodeAddress.allocate(options.nodes(), options.port());
    }

    /**
     * Starts a cluster and waits until each node answers and sees all the others.
     *
     * @throws ServerException if one runs in this state directory already, a port is taken, or a node dies, in which
     *     case the message ends with its log
     */
    public static LocalCluster start(ServerLayout layout, ClusterOptions options) throws IOException {
        return start(layout, options, ClusterHealth::of);
    }

    /**
     * The same for nodes that do not answer everybody over plain HTTP.
     *
     * @param check asks a node for its health as the cluster's settings demand
     */
    public static LocalCluster start(ServerLayout layout, ClusterOptions options, HealthCheck check)
            throws IOException {
        StateDirectory state = new StateDirectory(options.state());
        refuseIfRunning(state);
        List<NodeAddress> addresses = prepare(state, options);
        ServerUser user = ServerUser.detect();
        ServerLayout copy = layout.copyTo(state.server());
        NodeConfiguration configuration = new NodeConfiguration(state, addresses, options.settings());
        for (NodeAddress address : addresses) {
            configuration.write(address);
        }
        user.own(state.root());

        LocalCluster cluster = new LocalCluster(nodes(state, check), new ServerCommand(copy, user, options.heap()));
        cluster.startAll();
        return cluster;
    }

    /** The nodes, running or not, of the cluster whose files lie in {@code state}; none if there is no such cluster. */
    public static List<ServerNode> nodesIn(Path state) throws IOException {
        return nodes(new StateDirectory(state), ClusterHealth::of);
    }

    /** The nodes in the order of their names, running or not. */
    public List<ServerNode> nodes() {
        return nodes;
    }

    /** Where the first running node answers HTTP. */
    public URI url() {
        return running().getFirst().url();
    }

    /** Starts nodes that were stopped or killed over their old data, and waits until the cluster has taken them in. */
    public void restart(ServerNode... ended) throws IOException {
        for (ServerNode node : ended) {
            spawn(node, command);
        }
        awaitNodes(running().size());
    }

    /** Starts an ended node over its old data on another server, as after plugins have come or gone there. */
    public void restart(ServerNode ended, ServerLayout server) throws IOException {
        spawn(ended, command.on(server));
        awaitNodes(running().size());
    }

    /**
     * Waits until each running node answers and sees a cluster of {@code count} nodes.
     *
     * @throws ServerException if that takes more than four minutes, or one of them dies meanwhile
     */
    public void awaitNodes(int count) {
        List<ServerNode> expected = running();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!expected.stream().allMatch(node -> sees(node, count))) {
            for (ServerNode node : expected) {
                refuseIfDead(node);
            }
            if (System.nanoTime() > deadline) {
                throw new ServerException(
                        "the cluster of " + count + " nodes has not formed in " + PATIENCE.toMinutes() + " minutes"
                                + System.lineSeparator() + expected.getFirst().logTail());
            }
            pause();
        }
    }

    /** Leaves the processes running when this JVM ends and when this object is closed. */
    public synchronized void detach() {
        stopped = true;
        Runtime.getRuntime().removeShutdownHook(shutdownHook);
        nodes.forEach(ServerNode::detach);
    }

    /** Stops all nodes and waits until their processes have ended. Their data and logs stay. */
    @Override
    public void close() {
        stopAll();
        try {
            Runtime.getRuntime().removeShutdownHook(shutdownHook);
        } catch (IllegalStateException alreadyShuttingDown) {
            // The hook runs or has run: there is nothing to remove.
        }
    }

    private void startAll() throws IOException {
        Runtime.getRuntime().addShutdownHook(shutdownHook);
        try {
            for (ServerNode node : nodes) {
                spawn(node, command);
            }
            awaitNodes(nodes.size());
        } catch (IOException | RuntimeException failure) {
            close();
            throw failure;
        }
    }

    /** Not while the cluster is being stopped: a process started then would be nobody's. */
    private synchronized void spawn(ServerNode node, ServerCommand how) throws IOException {
        refuseIfStopped();
        node.start(how);
    }

    private synchronized void stopAll() {
        if (!stopped) {
            stopped = true;
            nodes.parallelStream().forEach(ServerNode::stop);
        }
    }

    private List<ServerNode> running() {
        List<ServerNode> running = nodes.stream().filter(ServerNode::isAlive).toList();
        if (running.isEmpty()) {
            throw new ServerException("no node of the cluster runs");
        }
        return running;
    }

    private void refuseIfStopped() {
        if (stopped) {
            throw new ServerException("the cluster has been stopped");
        }
    }

    private void refuseIfDead(ServerNode node) {
        refuseIfStopped();
        if (!node.isAlive()) {
            throw new ServerException(
                    node.name() + " ended while the cluster formed" + System.lineSeparator() + node.logTail());
        }
    }

    private static boolean sees(ServerNode node, int count) {
        return node.health().filter(health -> health.nodes() == count).isPresent();
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new ServerException("interrupted while the cluster formed", interruption);
        }
    }

    private static List<NodeAddress> prepare(StateDirectory state, ClusterOptions options) throws IOException {
        List<NodeAddress> before = state.nodes();
        List<NodeAddress> addresses = NodeAddress.allocate(options.nodes(), options.port());
        if (!options.keepData()) {
            state.clear();
        } else if (!before.isEmpty() && before.size() != options.nodes()) {
            throw new ServerException(state.root() + " holds the data of a cluster of " + before.size()
                    + " nodes, which cannot start with " + options.nodes() + ": start fresh, or with as many nodes");
        }
        state.create(addresses);
        return addresses;
    }

    private static List<ServerNode> nodes(StateDirectory state, HealthCheck check) throws IOException {
        return state.nodes().stream()
                .map(address -> new ServerNode(address, state.node(address), check))
                .toList();
    }

    private static void refuseIfRunning(StateDirectory state) throws IOException {
        for (ServerNode node : nodes(state, ClusterHealth::of)) {
            node.process().ifPresent(process -> {
                throw new ServerException("a cluster runs in " + state.root() + " already: " + node.name()
                        + " is process " + process.pid() + " at " + node.url());
            });
        }
    }
}
