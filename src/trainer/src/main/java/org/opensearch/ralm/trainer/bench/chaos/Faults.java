package org.opensearch.ralm.trainer.bench.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.opensearch.ralm.trainer.server.ServerNode;

/** Does the faults, one after the other, and heals what they broke. Used by one thread, asked by several. */
final class Faults {

    private final ChaosCluster cluster;
    private final DiskLoad disk;
    private final HeapLoad heap = new HeapLoad();
    private final Consumer<String> out;
    private final List<Done> done = new ArrayList<>();
    private volatile FaultKind current;
    private int kills;
    private int deaths;

    /**
     * A fault that was.
     *
     * @param fault what was meant to happen
     * @param seconds from its beginning until all copies of all shards were there again
     * @param deaths how many nodes ended by themselves
     */
    record Done(Fault fault, double seconds, int deaths) {}

    /**
     * @param directory on the disk of the nodes
     * @param out takes lines for people
     */
    Faults(ChaosCluster cluster, Path directory, Consumer<String> out) {
        this.cluster = cluster;
        this.disk = new DiskLoad(directory);
        this.out = out;
    }

    /** The fault whose traces are not gone yet, or null. */
    FaultKind current() {
        return current;
    }

    /** Does a fault and returns when the cluster is whole again. */
    void strike(Fault fault) throws IOException {
        long begin = System.nanoTime();
        current = fault.kind();
        ServerNode node = cluster.nodes().get(fault.node());
        out.accept(fault.kind() + " for " + fault.seconds() + " s"
                + (fault.kind() == FaultKind.FULL_RESTART ? "" : ", " + node.name()));
        int before = deaths;
        strike(fault, node);
        cluster.awaitWhole(this::revive);
        current = null;
        double seconds = (System.nanoTime() - begin) / 1e9;
        done.add(new Done(fault, seconds, deaths - before));
        out.accept(String.format(Locale.ROOT, "whole again after %.1f s", seconds));
    }

    /** Those that were, in their order. */
    List<Done> done() {
        return List.copyOf(done);
    }

    /** How many processes were ended by SIGKILL. */
    int kills() {
        return kills;
    }

    /** How many processes ended for want of memory. */
    int deaths() {
        return deaths;
    }

    HeapLoad heap() {
        return heap;
    }

    private void strike(Fault fault, ServerNode node) throws IOException {
        switch (fault.kind()) {
            case KILL -> kill(List.of(node), fault.seconds());
            case FULL_RESTART -> kill(cluster.nodes(), fault.seconds());
            case STALLED_NODE -> stall(node, fault.seconds());
            case SLOW_DISK -> disk.run(fault.seconds());
            case FULL_HEAP -> heap.run(node, fault.seconds());
        }
    }

    private void kill(List<ServerNode> victims, int seconds) throws IOException {
        cluster.kill(victims);
        kills += victims.size();
        sleep(seconds);
        cluster.restart(victims);
    }

    private static void stall(ServerNode node, int seconds) {
        node.pause();
        try {
            sleep(seconds);
        } finally {
            node.resume();
        }
    }

    private void revive(List<ServerNode> ended) throws IOException {
        deaths += ended.size();
        ended.forEach(node -> out.accept(node.name() + " has ended by itself"));
        cluster.restart(ended);
    }

    private static void sleep(double seconds) {
        try {
            Thread.sleep(Duration.ofMillis((long) (1_000 * seconds)));
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during a fault", interruption);
        }
    }
}
