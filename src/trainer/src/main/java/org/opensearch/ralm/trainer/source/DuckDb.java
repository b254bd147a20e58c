package org.opensearch.ralm.trainer.source;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;

/** An embedded DuckDB that streams results, touches no network and spills to the temporary directory; one thread only. */
final class DuckDb implements AutoCloseable {
    /** What does not fit is spilled. */
    private static final String MEMORY = "1GB";
    /** Rows come out through one thread; more than a few that read would only hold memory. */
    private static final int MOST_THREADS = 4;

    private final Connection connection;

    private DuckDb(Connection connection) {
        this.connection = connection;
    }

    static DuckDb open() {
        Properties properties = new Properties();
        properties.setProperty("jdbc_stream_results", "true");
        properties.setProperty("autoinstall_known_extensions", "false");
        properties.setProperty("temp_directory", System.getProperty("java.io.tmpdir"));
        try {
            Connection connection = DriverManager.getConnection("jdbc:duckdb:", properties);
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET TimeZone = 'UTC'");
                statement.execute("SET memory_limit = '" + MEMORY + "'");
                statement.execute("SET threads = "
                        + Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors()));
            }
            return new DuckDb(connection);
        } catch (SQLException e) {
            throw new DatasetException("cannot start DuckDB: " + e.getMessage(), e);
        }
    }

    /** Handles one row of a result. */
    @FunctionalInterface
    interface RowHandler {
        void row(ResultSet row) throws SQLException;
    }

    /**
     * Hands each row of a query to a handler, in the order of the files.
     *
     * @param what what is being read, for the message of a failure
     */
    void query(String what, String sql, RowHandler handler) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                handler.row(rows);
            }
        } catch (SQLException e) {
            // The first line says what is wrong; the rest quotes SQL that the reader never wrote.
            String reason = e.getMessage().lines().findFirst().orElse("");
            throw new DatasetException("cannot read " + what + ": " + reason + hint(reason), e);
        }
    }

    /** The files that paths and globs stand for, in order; a path that matches nothing stands for itself. */
    List<String> files(List<String> paths) {
        List<String> files = new ArrayList<>();
        for (String path : paths) {
            int before = files.size();
            query(path, "SELECT file FROM glob(" + literal(path) + ")", row -> files.add(row.getString(1)));
            if (files.size() == before) {
                files.add(path);
            }
        }
        return files;
    }

    /** Executes a statement that has no result. */
    void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new DatasetException("DuckDB refuses [" + sql + "]: " + e.getMessage(), e);
        }
    }

    /** What the parser cannot make out it does not explain either. */
    private static String hint(String reason) {
        boolean vague = reason.contains("state machine") || reason.contains("sniffing");
        return vague ? " Do the lines of a file end in several ways, or does a quote stay open?" : "";
    }

    /** A text as an SQL literal. */
    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** Texts as an SQL list of literals. */
    static String literals(Collection<String> texts) {
        return texts.stream().map(DuckDb::literal).collect(Collectors.joining(", ", "[", "]"));
    }

    /** A column's name as an SQL identifier. */
    static String identifier(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new DatasetException("cannot close DuckDB: " + e.getMessage(), e);
        }
    }
}
