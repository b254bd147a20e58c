package org.opensearch.ralm.trainer.server;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** A node's name and its two ports on 127.0.0.1. */
record NodeAddress(String name, int httpPort, int transportPort) {
    static final String HOST = "127.0.0.1";

    @JsonIgnore
    URI url() {
        return URI.create("http://" + HOST + ":" + httpPort);
    }

    @JsonIgnore
    String transport() {
        return HOST + ":" + transportPort;
    }

    /**
     * Addresses of {@code nodes} nodes: HTTP on {@code firstPort} and the ports after it, or on any free ports if it is
     * 0; transport on free ports.
     */
    static List<NodeAddress> allocate(int nodes, int firstPort) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int node = 0; node < nodes; node++) {
                sockets.add(bind(firstPort == 0 ? 0 : firstPort + node));
                sockets.add(bind(0));
            }
            List<NodeAddress> addresses = new ArrayList<>();
            for (int node = 0; node < nodes; node++) {
                addresses.add(new NodeAddress(
                        "node-" + (node + 1),
                        sockets.get(2 * node).getLocalPort(),
                        sockets.get(2 * node + 1).getLocalPort()));
            }
            return List.copyOf(addresses);
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }

    private static ServerSocket bind(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(HOST), port));
            return socket;
        } catch (BindException failure) {
            socket.close();
            throw new ServerException("port " + port + " of " + HOST + " is taken by another program", failure);
        }
    }
}
