package org.opensearch.ralm.trainer.report;

/** Text inside HTML. */
final class Markup {

    private Markup() {}

    /** The text with what HTML would read as its own replaced. */
    static String text(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
