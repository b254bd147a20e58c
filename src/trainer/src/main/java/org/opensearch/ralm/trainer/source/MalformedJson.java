package org.opensearch.ralm.trainer.source;

import java.util.ArrayList;
import java.util.List;

/** Finds the lines of NDJSON files that are not JSON: DuckDB skips them and does not say where they were. */
final class MalformedJson {
    /** No delimiter, no quote: each line is one value. */
    private static final String SQL =
            """
            SELECT line FROM (
                SELECT row_number() OVER () AS line, text
                FROM read_csv(%s, auto_detect=false, header=false, delim='\u0001', quote='', escape='',
                              columns={'text': 'VARCHAR'}))
            WHERE NOT json_valid(text) LIMIT 3""";

    private final DuckDb duckDb;

    MalformedJson(DuckDb duckDb) {
        this.duckDb = duckDb;
    }

    /** Adds where the first malformed lines of each file are; the rows themselves are counted already. */
    void addTo(BadRows bad, Table table) {
        List<String> files = new ArrayList<>();
        for (String path : table.paths()) {
            duckDb.query(
                    path, "SELECT file FROM glob(" + DuckDb.literal(path) + ")", row -> files.add(row.getString(1)));
        }
        for (String file : files) {
            duckDb.query(
                    file,
                    SQL.formatted(DuckDb.literal(file)),
                    row -> bad.note(file + ":" + row.getLong(1) + ": not valid JSON"));
        }
    }
}
