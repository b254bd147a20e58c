package org.opensearch.ralm.plugin.system;

/** A value of a request as a message may show it: not more than its beginning. */
public final class ShownValue {

    private static final int LONGEST = 64;

    private ShownValue() {}

    /** The beginning of a value's text. */
    public static String of(Object value) {
        String text = String.valueOf(value);
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
