package org.opensearch.ralm.trainer.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDirectoryTests {
    private static final NodeAddress FIRST = new NodeAddress("node-1", 9200, 9300);
    private static final NodeAddress SECOND = new NodeAddress("node-2", 9201, 9301);

    @TempDir
    private Path parent;

    @Test
    void remembersItsNodes() throws IOException {
        StateDirectory state = new StateDirectory(parent.resolve("state"));
        assertEquals(List.of(), state.nodes());
        state.create(List.of(FIRST, SECOND));
        assertEquals(List.of(FIRST, SECOND), state.nodes());
        assertTrue(Files.isDirectory(state.node(SECOND).data()));
    }

    @Test
    void keepsTheDataOfAnEarlierStart() throws IOException {
        StateDirectory state = new StateDirectory(parent.resolve("state"));
        state.create(List.of(FIRST));
        Path file = Files.writeString(state.node(FIRST).data().resolve("segment"), "data");
        state.create(List.of(FIRST));
        assertEquals("data", Files.readString(file));
    }

    @Test
    void refusesADirectoryWithOtherFiles() throws IOException {
        Path file = Files.writeString(parent.resolve("thesis.txt"), "dear");
        StateDirectory state = new StateDirectory(parent);
        assertThrows(ServerException.class, () -> state.create(List.of(FIRST)));
        assertTrue(Files.exists(file));
    }

    @Test
    void clearsOnlyWhatItMade() throws IOException {
        StateDirectory state = new StateDirectory(parent.resolve("state"));
        state.create(List.of(FIRST));
        Path foreign = Files.writeString(state.root().resolve("notes.txt"), "mine");
        state.clear();
        assertTrue(Files.exists(foreign));
        assertFalse(Files.exists(state.node(FIRST).root()));
    }
}
