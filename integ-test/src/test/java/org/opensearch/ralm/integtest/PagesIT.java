package org.opensearch.ralm.integtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Pages of documentation say what their blocks are, their links lead somewhere, and commands in sentences exist. */
class PagesIT {
    private static final String COMMAND = "(\\w+=\\S+ )?(distribution/bin/|\\$)?ralm [a-z].*";

    @TestFactory
    Stream<DynamicTest> pagesHoldTogether() throws IOException {
        return Markdown.pages().stream()
                .map(file -> dynamicTest(Checkout.file("").relativize(file).toString(), () -> {
                    Markdown page = Markdown.read(file);
                    assertEquals(List.of(), page.brokenLinks(), "links that lead nowhere");
                    assertEquals(List.of(), page.indented(), "blocks without a language");
                    page.inlineCode().stream()
                            .filter(code -> code.matches(COMMAND))
                            .forEach(code -> DocumentedCommand.parseMentioned(arguments(code)));
                }));
    }

    /** Commands within sentences put what may be left out into brackets. */
    private static List<String> arguments(String code) {
        return Arrays.stream(code.replaceAll("[\\[\\]]", "")
                        .replace("start|stop|status", "status")
                        .split(" "))
                .dropWhile(word -> word.contains("="))
                .skip(1)
                .toList();
    }
}
