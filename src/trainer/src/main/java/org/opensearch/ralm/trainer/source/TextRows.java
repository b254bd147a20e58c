package org.opensearch.ralm.trainer.source;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.BitSet;

/** Walks through the lines of one CSV or NDJSON file and stops at those that begin a row; not thread-safe. */
final class TextRows {
    private final BufferedReader reader;
    private final boolean csv;
    private final String delimiter;
    private final int quote;
    private final BitSet rejected;
    private boolean headerToCome;
    private int line;
    private int rowLine;
    private int record;

    /**
     * @param rejected which records become no rows; records count from 1, blank lines and the header among them, and a
     *     value with line breaks does not end one
     */
    TextRows(BufferedReader reader, Table table, BitSet rejected) {
        this.reader = reader;
        this.csv = table.format() == FileFormat.CSV;
        this.delimiter = csv ? table.dialect().delimiter() : "";
        this.quote = csv && !table.dialect().quote().isEmpty()
                ? table.dialect().quote().charAt(0)
                : -1;
        this.headerToCome = csv && table.dialect().header();
        this.rejected = rejected;
    }

    /** Goes to the next row; false if there is none. */
    boolean next() throws IOException {
        for (String text; (text = reader.readLine()) != null; ) {
            rowLine = ++line;
            record++;
            boolean blank = csv ? text.isEmpty() : text.isBlank();
            skipQuotedLines(text);
            if (!blank && !isHeader() && !rejected.get(record)) {
                return true;
            }
        }
        return false;
    }

    /** The line, from 1 on, on which the row begins. */
    int line() {
        return rowLine;
    }

    private boolean isHeader() {
        boolean header = headerToCome;
        headerToCome = false;
        return header;
    }

    private void skipQuotedLines(String first) throws IOException {
        boolean quoted = endsQuoted(first, false);
        for (String text; quoted && (text = reader.readLine()) != null; ) {
            line++;
            quoted = endsQuoted(text, true);
        }
    }

    /** A quote counts where it opens a value, closes one, or stands doubled in one. */
    private boolean endsQuoted(String text, boolean quotedBefore) {
        boolean quoted = quotedBefore;
        for (int at = text.indexOf(quote); quote >= 0 && at >= 0; at = text.indexOf(quote, at + 1)) {
            boolean opens =
                    at == 0 || text.charAt(at - 1) == quote || text.startsWith(delimiter, at - delimiter.length());
            quoted = !quoted && opens;
        }
        return quoted;
    }
}
