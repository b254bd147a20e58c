package org.opensearch.ralm.integtest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.source.DatasetLoader;

/** Files as the dataset.yaml of the documentation describes them. */
final class DocumentedDataset {
    static final int CLICKS = 200;

    private DocumentedDataset() {}

    /** Reads such files by the description that is shown. */
    static Dataset load(String yaml, Path folder) throws IOException, SQLException {
        Files.writeString(folder.resolve("dataset.yaml"), yaml);
        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckDb.createStatement()) {
            statement.execute("COPY (SELECT 'u' || i % 20 AS uid, 'a' || i * 3 % 41 AS article, 'phone' AS device,"
                    + " TIMESTAMP '2026-01-01' + INTERVAL (i) MINUTE AS ts FROM range(" + CLICKS + ") t(i))"
                    + " TO '" + folder.resolve("clicks-1.parquet") + "' (FORMAT parquet)");
            statement.execute("COPY (SELECT 'u' || i AS uid, 'f' AS sex, 'cats|dogs' AS likes, 20 + i AS age"
                    + " FROM range(20) t(i)) TO '" + folder.resolve("users.csv") + "' (FORMAT csv, HEADER)");
            statement.execute("COPY (SELECT 'a' || i AS article, 'world' AS section, 'x|y' AS tags"
                    + " FROM range(41) t(i)) TO '" + folder.resolve("articles.ndjson") + "' (FORMAT json)");
        }
        return new DatasetLoader(notice -> {}).load("files:" + folder);
    }
}
