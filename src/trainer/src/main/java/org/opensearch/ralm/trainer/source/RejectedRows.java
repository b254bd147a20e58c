package org.opensearch.ralm.trainer.source;

/** The CSV rows that DuckDB put aside while reading, with their lines and the reasons. */
final class RejectedRows {
    private static final String SQL =
            """
            SELECT file_path || ':' || line, min(error_message)
            FROM reject_errors JOIN reject_scans USING (scan_id, file_id)
            GROUP BY scan_id, file_path, line
            ORDER BY scan_id, file_path, line""";

    private final DuckDb duckDb;

    RejectedRows(DuckDb duckDb) {
        this.duckDb = duckDb;
    }

    void addTo(BadRows bad) {
        boolean[] exists = new boolean[1];
        String tables = "SELECT 1 FROM duckdb_tables() WHERE table_name = 'reject_errors'";
        duckDb.query("the rejected rows", tables, row -> exists[0] = true);
        if (exists[0]) {
            duckDb.query("the rejected rows", SQL, row -> bad.add(row.getString(1), row.getString(2)));
        }
    }
}
