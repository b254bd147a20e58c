package org.opensearch.ralm.trainer.source;

/**
 * How a CSV file is written. Stated, never guessed: what is read must not depend on the first rows.
 *
 * @param delimiter between columns, one to four characters
 * @param quote     around values; empty if values are never quoted
 * @param header    whether the first line names the columns
 * @param encoding  as DuckDB names it: {@code utf-8}, {@code latin-1}, {@code utf-16}
 */
record CsvDialect(String delimiter, String quote, boolean header, String encoding) {

    /**
     * The options of DuckDB's {@code read_csv}. Strictly read, the lines of a file must all end in the same way;
     * otherwise they need not, but a quote that stays open swallows lines in silence.
     */
    String options() {
        return "delim=" + DuckDb.literal(delimiter) + ", quote=" + DuckDb.literal(quote) + ", escape="
                + DuckDb.literal(quote) + ", strict_mode=" + !quote.isEmpty() + ", header=" + header + ", encoding="
                + DuckDb.literal(encoding);
    }
}
