package org.opensearch.ralm.trainer.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.opensearch.ralm.trainer.yaml.YamlNode;

/** The part of a dataset's YAML that describes one table; knows which columns the files really have. */
final class TableSection {
    private static final List<String> KEYS =
            List.of("path", "format", "delimiter", "quote", "header", "columns", "encoding");
    private static final String NO_QUOTE = "none";
    /** Joins the elements of a list column; no text has it. */
    private static final char UNIT_SEPARATOR = 31;

    private final YamlNode node;
    private Table table;

    /**
     * @param folder what relative paths start from
     * @param keys   what the section may hold besides the files' description
     */
    TableSection(DuckDb duckDb, Path folder, YamlNode node, String... keys) {
        List<String> known = new ArrayList<>(KEYS);
        known.addAll(Arrays.asList(keys));
        this.node = node.keys(known.toArray(String[]::new));
        this.table = table(duckDb, folder);
    }

    private Table table(DuckDb duckDb, Path folder) {
        YamlNode path = node.required("path");
        List<String> paths = path.texts().stream()
                .map(text -> folder.resolve(text).toString())
                .toList();
        FileFormat format = node.optional("format")
                .map(value -> value.oneOf(FileFormat.class))
                .or(() -> FileFormat.ofPath(paths.get(0)))
                .orElseThrow(() -> path.error("has an unknown ending; state the [format]: csv, parquet or ndjson"));
        CsvDialect dialect = dialect(paths.get(0));
        if (format == FileFormat.CSV && !dialect.header()) {
            String[] columns = node.required("columns").texts().toArray(String[]::new);
            return Table.ofTexts(paths, dialect, columns);
        }
        try {
            if (format == FileFormat.CSV) {
                TextFile.checkSameHeader(duckDb.files(paths));
            }
            return Table.describe(duckDb, paths, format, dialect);
        } catch (DatasetException e) {
            throw path.error(e.getMessage());
        }
    }

    private CsvDialect dialect(String path) {
        return new CsvDialect(
                node.optional("delimiter").map(YamlNode::text).orElse(path.contains(".tsv") ? "\t" : ","),
                node.optional("quote")
                        .map(YamlNode::text)
                        .map(TableSection::quote)
                        .orElse("\""),
                node.optional("header").map(YamlNode::bool).orElse(true),
                node.optional("encoding").map(YamlNode::text).orElse("utf-8"));
    }

    private static String quote(String text) {
        return text.equals(NO_QUOTE) ? "" : text;
    }

    /** The table, with the types that have been asked for. */
    Table table() {
        return table;
    }

    /** The SQL for the column that a node names. */
    String column(YamlNode name) {
        return column(name, name.text());
    }

    /** The SQL for a column; the node is what to complain about if there is none. */
    String column(YamlNode node, String name) {
        if (!table.columns().containsKey(name)) {
            throw node.error("names the column [" + name + "], but " + table.paths() + " has "
                    + table.columns().keySet());
        }
        return DuckDb.identifier(name);
    }

    /** Whether a column holds lists rather than single values. */
    boolean isList(String name) {
        return table.columns().get(name).endsWith("[]");
    }

    /** A column that may hold several values: lists as they are, texts split at a separator. */
    ColumnSpec values(NamedColumn named, String defaultSeparator) {
        String expression = column(named.node(), named.column());
        return isList(named.column())
                ? ColumnSpec.many(
                        named.name(),
                        "array_to_string(" + expression + ", chr(" + (int) UNIT_SEPARATOR + "))",
                        "" + UNIT_SEPARATOR)
                : new ColumnSpec(named.name(), expression, named.separator(defaultSeparator), false);
    }

    /** Has a CSV column read as an SQL type, so that a row where it is not one is put aside with its line. */
    void csvType(String column, String type) {
        if (table.format() == FileFormat.CSV) {
            table = table.withType(column, type);
        }
    }
}
