package org.opensearch.ralm.trainer.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused before a process is started; whatever needs one is in LocalClusterIT. */
class LocalClusterTests {

    @TempDir
    private Path parent;

    @Test
    void aClusterThatCannotStartKeepsTheDataOfAnEarlierOne() throws IOException {
        NodeAddress address = new NodeAddress("node-1", 9200, 9300);
        StateDirectory state = new StateDirectory(parent.resolve("state"));
        state.create(List.of(address));
        Path file = Files.writeString(state.node(address).data().resolve("segment"), "data");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName(NodeAddress.HOST))) {
            ClusterOptions fresh = ClusterOptions.in(state.root()).withPort(taken.getLocalPort());
            ServerLayout unused = null;
            assertThrows(ServerException.class, () -> LocalCluster.start(unused, fresh));
            ServerException early = assertThrows(ServerException.class, () -> LocalCluster.requireStartable(fresh));
            assertTrue(early.getMessage().contains("is taken by another program"), early.getMessage());
        }
        assertEquals("data", Files.readString(file));
    }

    @Test
    void theDemosClusterIsNotTheUsersOwn() {
        assertEquals(
                ClusterOptions.defaultState().getParent(),
                ClusterOptions.demoState().getParent());
        assertTrue(ClusterOptions.demoState().equals(ClusterOptions.defaultState()) == false);
    }
}
