package org.opensearch.ralm.plugin.click;

import java.nio.charset.StandardCharsets;

/** The id of the one document that all clicks of a user on a candidate share. */
public final class ClickId {

    /** The longest id a document may have, in bytes of UTF-8. */
    static final int MOST_BYTES = 512;

    private ClickId() {}

    /**
     * The id of a click: candidate and user with a colon between them. Two different clicks never have the same id:
     * in the candidate {@code %} is written {@code %25} and the colon {@code %3A}.
     *
     * @throws IllegalArgumentException if it is longer than an id may be
     */
    public static String of(String candidate, String user) {
        String id = escaped(candidate) + ":" + user;
        // Up to a third of the limit no text can be too long.
        if (id.length() > MOST_BYTES / 3 && id.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "[candidate] and [user] are too long: the id of a click has at most " + MOST_BYTES + " bytes, but ["
                            + id.substring(0, 64) + "…] has " + id.getBytes(StandardCharsets.UTF_8).length);
        }
        return id;
    }

    private static String escaped(String candidate) {
        if (candidate.indexOf('%') < 0 && candidate.indexOf(':') < 0) {
            return candidate;
        }
        return candidate.replace("%", "%25").replace(":", "%3A");
    }
}
