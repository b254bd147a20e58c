package org.opensearch.ralm.trainer.server;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Where one local cluster keeps all its files. {@code cluster.json} says which nodes it has, and marks it as ours. */
record StateDirectory(Path root) {
    private static final ObjectMapper JSON = new ObjectMapper();

    StateDirectory {
        root = root.toAbsolutePath().normalize();
    }

    /** The copy of the server that the nodes run. */
    Path server() {
        return root.resolve("server");
    }

    /** The nodes' {@code path.repo}. */
    Path snapshots() {
        return root.resolve("snapshots");
    }

    NodeDirectory node(NodeAddress address) {
        return new NodeDirectory(root.resolve(address.name()));
    }

    /** The nodes of the cluster whose files lie here; none if there is no such cluster. */
    List<NodeAddress> nodes() throws IOException {
        return Files.exists(clusterFile())
                ? JSON.readValue(clusterFile().toFile(), new TypeReference<List<NodeAddress>>() {})
                : List.of();
    }

    /** Makes the directories of these nodes, keeping what lies in them. */
    void create(List<NodeAddress> nodes) throws IOException {
        if (Files.isDirectory(root) && !Directories.isEmpty(root) && !Files.exists(clusterFile())) {
            throw new ServerException(
                    root + " holds files that are no local cluster's: choose another state directory");
        }
        Files.createDirectories(root);
        // Atomically and before all else: whoever is killed here leaves a directory that can be used again.
        Path complete = root.resolveSibling(root.getFileName() + ".json");
        Files.move(Files.write(complete, JSON.writeValueAsBytes(nodes)), clusterFile(), StandardCopyOption.ATOMIC_MOVE);
        Files.createDirectories(snapshots());
        for (NodeAddress node : nodes) {
            node(node).create();
        }
    }

    /** Deletes the cluster's files and nothing else. */
    void clear() throws IOException {
        for (NodeAddress node : nodes()) {
            Directories.delete(node(node).root());
        }
        Directories.delete(snapshots());
        Directories.delete(server());
    }

    private Path clusterFile() {
        return root.resolve("cluster.json");
    }
}
