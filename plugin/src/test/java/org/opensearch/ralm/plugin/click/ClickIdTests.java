package org.opensearch.ralm.plugin.click;

import java.util.HashMap;
import java.util.Map;
import org.opensearch.test.OpenSearchTestCase;

public class ClickIdTests extends OpenSearchTestCase {

    public void testCandidateAndUserAreReadable() {
        assertEquals("a17:u42", ClickId.of("a17", "u42"));
        assertEquals("a%3A1%25:u:2%", ClickId.of("a:1%", "u:2%"));
    }

    public void testDifferentClicksHaveDifferentIds() {
        Map<String, String> clicks = new HashMap<>();
        for (int i = 0; i < 100_000; i++) {
            String candidate = someName();
            String user = someName();
            String click = candidate + "\n" + user;
            assertEquals(click, clicks.computeIfAbsent(ClickId.of(candidate, user), id -> click));
        }
    }

    private static String someName() {
        StringBuilder name = new StringBuilder();
        for (int i = between(1, 4); i > 0; i--) {
            name.append(randomFrom("a", "%", ":", "%25", "%3A", "2", "5"));
        }
        return name.toString();
    }

    public void testIdsThatAreTooLongAreRefused() {
        assertEquals(512, ClickId.of("a".repeat(500), "u".repeat(11)).length());
        String message = expectThrows(IllegalArgumentException.class, () -> ClickId.of("ä".repeat(250), "u".repeat(12)))
                .getMessage();
        assertTrue(message, message.contains("at most 512 bytes") && message.contains("has 513"));
    }
}
