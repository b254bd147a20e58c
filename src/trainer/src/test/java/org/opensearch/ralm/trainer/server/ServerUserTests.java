package org.opensearch.ralm.trainer.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerUserTests {
    @Test
    void isNeverRoot() throws IOException {
        Process id = new ProcessBuilder(ServerUser.detect().command(List.of("id", "--user"))).start();
        assertNotEquals("0", id.inputReader().readLine());
    }

    @Test
    void anAccountIsEnteredWithoutItsGroups() {
        assertEquals(
                List.of("setpriv", "--reuid=ralm", "--regid=ralm", "--clear-groups", "--", "java", "-version"),
                new ServerUser.Account("ralm").command(List.of("java", "-version")));
    }

    @Test
    void aMissingOrFailingCommandIsToldApartFromSuccess() throws IOException {
        assertTrue(Commands.succeeds(List.of("true")));
        assertFalse(Commands.succeeds(List.of("false")));
        assertFalse(Commands.succeeds(List.of("no-such-command-anywhere")));
    }

    @Test
    void aFailingCommandIsReportedWithItsOutput() {
        ServerException failure =
                assertThrows(ServerException.class, () -> Commands.run(List.of("sh", "-c", "echo refused; exit 3")));
        assertEquals("sh -c echo refused; exit 3 ended with 3: refused", failure.getMessage());
    }
}
