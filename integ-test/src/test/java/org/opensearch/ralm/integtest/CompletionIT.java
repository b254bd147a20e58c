package org.opensearch.ralm.integtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the trainer archive brings for shells completes what is typed. */
class CompletionIT {
    @Test
    void subcommandsAreCompleted() throws IOException, InterruptedException {
        assertEquals(List.of("train"), completions("ralm", "tr"));
        assertTrue(completions("ralm", "").containsAll(List.of("train", "publish", "demo", "cluster")));
        assertEquals(
                List.of("start", "status", "stop"),
                completions("ralm", "cluster", "st").stream().sorted().toList());
    }

    @Test
    void optionsAreCompleted() throws IOException, InterruptedException {
        assertEquals(List.of("--activate"), completions("ralm", "publish", "--act"));
    }

    /** What bash offers in place of the last word. */
    private static List<String> completions(String... words) throws IOException, InterruptedException {
        String script =
                """
                source "$1"
                shift
                COMP_WORDS=("$@")
                COMP_CWORD=$(($# - 1))
                COMP_LINE="$*"
                COMP_POINT=${#COMP_LINE}
                completer=$(complete -p ralm | sed 's/.*-F \\([^ ]*\\) .*/\\1/')
                "$completer" 2>/dev/null
                printf '%s\\n' "${COMPREPLY[@]}"
                """;
        return Command.of(
                        "bash", "-c", script, "bash", Installation.completion().toString())
                .with(words)
                .lines();
    }
}
