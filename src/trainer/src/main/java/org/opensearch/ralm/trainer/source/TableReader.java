package org.opensearch.ralm.trainer.source;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Streams the rows of tables and keeps account of those that cannot be used, with their files and lines. */
final class TableReader {
    private static final String REJECTED =
            """
            SELECT file_path, line, first(error_message ORDER BY column_idx)
            FROM reject_errors JOIN reject_scans USING (scan_id, file_id)
            GROUP BY file_path, line
            ORDER BY file_path, line""";

    /** It swallows the lines up to the next quote, if there is one. */
    private static final String OPEN_QUOTE = "Value with unterminated quote";

    private final DuckDb duckDb;
    private final BadRows bad;

    TableReader(DuckDb duckDb, BadRows bad) {
        this.duckDb = duckDb;
        this.bad = bad;
    }

    /** Does something with a row. */
    @FunctionalInterface
    interface RowUse {
        /**
         * Uses a row.
         *
         * @return what is wrong with it; null if it is as it should be
         */
        String use(ResultSet row) throws SQLException;
    }

    /**
     * Hands out the rows of a table in the order of the files.
     *
     * @param what     is read, for messages
     * @param selected the SQL of the columns
     */
    void read(String what, Table table, List<String> selected, RowUse use) {
        Table files = table.withPaths(duckDb.files(table.paths()));
        Unusable unusable = new Unusable(use);
        duckDb.query(what, "SELECT " + String.join(", ", selected) + " FROM " + files.source(), unusable);
        Map<String, BitSet> rejected = table.format() == FileFormat.CSV ? rejected() : Map.of();
        List<String> places = new RowLocator(duckDb, files, rejected).locate(unusable.positions);
        for (int i = 0; i < places.size(); i++) {
            bad.add(places.get(i), unusable.reasons.get(i));
        }
        bad.add(unusable.count - places.size());
    }

    /** Counts the rows that DuckDB put aside while it read CSV, and makes it forget them; their lines by file. */
    private Map<String, BitSet> rejected() {
        Map<String, BitSet> lines = new HashMap<>();
        duckDb.query("the rejected rows", REJECTED, row -> {
            String file = row.getString(1);
            int line = row.getInt(2);
            lines.computeIfAbsent(file, first -> new BitSet()).set(line);
            String reason = row.getString(3);
            if (reason.startsWith(OPEN_QUOTE)) {
                throw new DatasetException(
                        file + ":" + line + ": a quote opens and is not closed where a value ends, so "
                                + "nobody knows how many rows are lost; state [quote: none] if values are never quoted");
            }
            bad.add(file + ":" + line, reason);
        });
        duckDb.execute("DROP TABLE reject_errors");
        duckDb.execute("DROP TABLE reject_scans");
        return lines;
    }

    /** Numbers the rows and keeps the first unusable ones. */
    private static final class Unusable implements DuckDb.RowHandler {
        private final RowUse use;
        private final List<Long> positions = new ArrayList<>();
        private final List<String> reasons = new ArrayList<>();
        private long rows;
        private long count;

        Unusable(RowUse use) {
            this.use = use;
        }

        @Override
        public void row(ResultSet row) throws SQLException {
            String reason = use.use(row);
            if (reason != null && count++ < BadRows.SHOWN) {
                positions.add(rows);
                reasons.add(reason);
            }
            rows++;
        }
    }
}
