package org.opensearch.ralm.trainer.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NodeAddressTests {
    @Test
    void allPortsDiffer() throws IOException {
        List<NodeAddress> addresses = NodeAddress.allocate(3, 0);
        assertEquals(
                6,
                addresses.stream()
                        .flatMap(address -> Stream.of(address.httpPort(), address.transportPort()))
                        .distinct()
                        .count());
    }

    @Test
    void refusesAPortThatIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName(NodeAddress.HOST))) {
            int port = taken.getLocalPort();
            ServerException refusal = assertThrows(ServerException.class, () -> NodeAddress.allocate(1, port));
            assertEquals("port " + port + " of 127.0.0.1 is taken by another program", refusal.getMessage());
        }
    }
}
