package org.opensearch.ralm.trainer.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadProgressTests {

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("publish-users.json");
    }

    @Test
    void withoutANoteNothingHasBeenDone() throws IOException {
        assertEquals(0, LoadProgress.of(file, load("a")).lines());
        assertFalse(Files.exists(file));
    }

    @Test
    void aNoteOfTheSameLoadIsRead() throws IOException {
        LoadProgress.of(file, load("a")).note(17);
        assertEquals(17, LoadProgress.of(file, load("a")).lines());
        assertEquals(0, LoadProgress.of(file, load("b")).lines());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"acknowledged_lines\":17,\"load\":{\"ind", "[]", "17", "null", "no JSON"})
    void aNoteThatCannotBeUnderstoodCountsForNothing(String content) throws IOException {
        Files.writeString(file, content);
        LoadProgress progress = LoadProgress.of(file, load("a"));
        assertEquals(0, progress.lines());
        progress.note(3);
        assertEquals(3, LoadProgress.of(file, load("a")).lines());
    }

    @Test
    void aNoteThatCannotBeTakenIsToldWithItsFile() throws IOException {
        LoadProgress progress = LoadProgress.of(directory.resolve("missing").resolve("note.json"), load("a"));
        UncheckedIOException fault = assertThrows(UncheckedIOException.class, () -> progress.note(1));
        assertTrue(fault.getMessage().startsWith("cannot note the progress in " + directory), fault.getMessage());
    }

    private static JsonNode load(String index) {
        return JsonNodeFactory.instance.objectNode().put("index", index);
    }
}
