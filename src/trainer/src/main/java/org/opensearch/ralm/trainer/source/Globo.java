package org.opensearch.ralm.trainer.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.opensearch.ralm.trainer.data.Timing;

/**
 * The Globo.com format: a CSV file an hour, {@code clicks_hour_000.csv} and so on, in the folder or below it, and
 * {@code articles_metadata.csv} if it is there. Of a click's circumstances only those of a user's earlier clicks are
 * used. The sessions are left alone: their size tells how many clicks are still to come.
 */
final class Globo {
    private static final String CLICKS = "clicks_hour_.*\\.csv(\\.gz)?";
    private static final String ARTICLES = "articles_metadata\\.csv(\\.gz)?";
    private static final List<String> CLICK_COLUMNS = List.of(
            "user_id",
            "session_id",
            "session_start",
            "session_size",
            "click_article_id",
            "click_timestamp",
            "click_environment",
            "click_deviceGroup",
            "click_os",
            "click_country",
            "click_region",
            "click_referrer_type");
    private static final List<String> ARTICLE_COLUMNS =
            List.of("article_id", "category_id", "created_at_ts", "publisher_id", "words_count");
    /** 100 becomes 64+. */
    private static final String LENGTH =
            "CASE WHEN words_count > 0 THEN (2 ** floor(log2(words_count)))::BIGINT || '+' END";

    private static final ContextSpec CONTEXT = new ContextSpec(List.of(
            ColumnSpec.one("environment", "click_environment"),
            ColumnSpec.one("device", DuckDb.identifier("click_deviceGroup")),
            ColumnSpec.one("os", "click_os"),
            ColumnSpec.one("country", "click_country"),
            ColumnSpec.one("region", "click_region"),
            ColumnSpec.one("referrer", "click_referrer_type")));
    private static final int READ = 50;
    private static final int CIRCUMSTANCES = 10;

    private Globo() {}

    static DatasetSpec spec(Path folder) {
        Table clicks = table(FolderFiles.required(folder, CLICKS, "clicks_hour_*.csv"), CLICK_COLUMNS)
                .withType("click_timestamp", TimeUnit.MILLIS.csvType());
        Optional<ProfileSpec> articles = FolderFiles.find(folder, ARTICLES).stream()
                .findFirst()
                .map(file -> articles(table(List.of(file), ARTICLE_COLUMNS)));
        String time = TimeUnit.MILLIS.seconds("click_timestamp");
        return new DatasetSpec(
                "globo",
                new EventsSpec(clicks, "user_id", "click_article_id", time, CONTEXT),
                CONTEXT,
                Optional.empty(),
                articles,
                fields(articles.isPresent()),
                Timing.NEWS,
                0);
    }

    private static Table table(List<String> files, List<String> columns) {
        TextFile.checkHeaders(files, columns);
        CsvDialect dialect = new CsvDialect(",", "", true, "utf-8");
        return Table.ofTexts(files, dialect, columns.toArray(String[]::new));
    }

    private static ProfileSpec articles(Table table) {
        return new ProfileSpec(
                table.withType("words_count", "BIGINT"),
                "article_id",
                List.of(
                        ColumnSpec.one("category", "category_id"),
                        ColumnSpec.one("publisher", "publisher_id"),
                        ColumnSpec.one("length", LENGTH)));
    }

    private static List<FieldSpec> fields(boolean articles) {
        List<FieldSpec> fields = new ArrayList<>(List.of(FieldSpec.history("read", FieldSpec.ITEM, READ)));
        if (articles) {
            fields.add(FieldSpec.history("categories", "category", READ));
        }
        CONTEXT.columns().forEach(column -> fields.add(FieldSpec.context(column.name(), CIRCUMSTANCES)));
        fields.add(FieldSpec.activity("activity"));
        return fields;
    }
}
