package org.opensearch.ralm.trainer.source;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Files that together are one table.
 *
 * @param paths   paths or globs
 * @param format  of all of them
 * @param dialect of CSV files
 * @param columns each column's name and the SQL type it is read as
 */
record Table(List<String> paths, FileFormat format, CsvDialect dialect, Map<String, String> columns) {
    /** A table whose columns' names, and which of them are lists, are read from its files. */
    static Table describe(DuckDb duckDb, List<String> paths, FileFormat format, CsvDialect dialect) {
        String files = DuckDb.literals(paths);
        String source =
                switch (format) {
                    case CSV ->
                        "read_csv(" + files + ", " + dialect.options() + ", all_varchar=true, ignore_errors=true)";
                    case PARQUET -> "read_parquet(" + files + ", union_by_name=true)";
                    case NDJSON ->
                        "read_json(" + files + ", format='newline_delimited', records=true, ignore_errors=true)";
                };
        Map<String, String> columns = new LinkedHashMap<>();
        duckDb.query(paths.toString(), "DESCRIBE SELECT * FROM " + source, row -> {
            boolean list = row.getString("column_type").endsWith("[]");
            columns.put(row.getString("column_name"), list ? "VARCHAR[]" : "VARCHAR");
        });
        return new Table(paths, format, dialect, columns);
    }

    /** One CSV file without a header. */
    static Table headerless(Path path, CsvDialect dialect, String... columns) {
        return ofTexts(List.of(path.toString()), dialect, columns);
    }

    /** CSV files whose columns are known, texts until said otherwise. */
    static Table ofTexts(List<String> paths, CsvDialect dialect, String... columns) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String column : columns) {
            texts.put(column, "VARCHAR");
        }
        return new Table(paths, FileFormat.CSV, dialect, texts);
    }

    /** The same table with a column read as another SQL type, so that DuckDB rejects what is not of it. */
    Table withType(String column, String type) {
        Map<String, String> typed = new LinkedHashMap<>(columns);
        typed.put(column, type);
        return new Table(paths, format, dialect, typed);
    }

    /** The same table in other files. */
    Table withPaths(List<String> files) {
        return new Table(files, format, dialect, columns);
    }

    /** The SQL that reads the table; bad CSV rows are stored apart. */
    String source() {
        String files = DuckDb.literals(paths);
        return switch (format) {
            case CSV ->
                "read_csv(" + files + ", " + dialect.options() + ", auto_detect=false, columns=" + types()
                        + ", store_rejects=true, rejects_limit=0)";
            case PARQUET -> "read_parquet(" + files + ", union_by_name=true)";
            case NDJSON ->
                "read_json(" + files + ", format='newline_delimited', records=true, ignore_errors=true, columns="
                        + types() + ")";
        };
    }

    private String types() {
        return columns.entrySet().stream()
                .map(column -> DuckDb.literal(column.getKey()) + ": " + DuckDb.literal(column.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
