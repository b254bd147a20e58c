package org.opensearch.ralm.trainer.source;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/** Finds out where in a table's files some of its rows are, by a second pass: DuckDB does not tell. */
final class RowLocator {
    private final DuckDb duckDb;
    private final Table table;
    private final Map<String, BitSet> rejected;

    /**
     * @param rejected the lines by file that became no rows, as DuckDB counts them
     */
    RowLocator(DuckDb duckDb, Table table, Map<String, BitSet> rejected) {
        this.duckDb = duckDb;
        this.table = table;
        this.rejected = rejected;
    }

    /**
     * Tells file and line of each row, of Parquet file and row.
     *
     * @param rows ascending positions among all rows of the table
     */
    List<String> locate(List<Long> rows) {
        List<String> places = new ArrayList<>();
        if (rows.isEmpty()) {
            return places;
        }
        if (table.format() == FileFormat.PARQUET) {
            locateInParquet(rows, places);
        } else if (table.paths().stream().anyMatch(file -> !TextFile.isReadable(file))) {
            rows.forEach(row -> places.add("row " + (row + 1) + " of " + table.paths()));
        } else {
            locateInText(rows, places);
        }
        return places;
    }

    private void locateInParquet(List<Long> rows, List<String> places) {
        long[] before = new long[1];
        String sql = "SELECT file_name, num_rows FROM parquet_file_metadata(" + DuckDb.literals(table.paths()) + ")";
        duckDb.query("the number of rows", sql, file -> {
            long end = before[0] + file.getLong(2);
            while (places.size() < rows.size() && rows.get(places.size()) < end) {
                places.add(file.getString(1) + ", row " + (rows.get(places.size()) - before[0] + 1));
            }
            before[0] = end;
        });
    }

    private void locateInText(List<Long> rows, List<String> places) {
        long row = 0;
        for (String file : table.paths()) {
            try (BufferedReader reader = TextFile.open(file)) {
                TextRows text = new TextRows(reader, table, rejected.getOrDefault(file, new BitSet()));
                for (; places.size() < rows.size() && text.next(); row++) {
                    if (rows.get(places.size()) == row) {
                        places.add(file + ":" + text.line());
                    }
                }
            } catch (IOException e) {
                throw new DatasetException("cannot read [" + file + "] again to tell the lines of bad rows: " + e, e);
            }
        }
    }
}
