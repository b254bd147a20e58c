package org.opensearch.ralm.trainer.source;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.opensearch.ralm.trainer.data.Timing;

/**
 * The MovieTweetings format: {@code ratings.dat} (user::movie::rating::seconds) and {@code movies.dat}
 * (movie::title (year)::genre|genre). A rating is a click; nothing is known of users but what they clicked.
 */
final class MovieTweetings {
    private static final int HISTORY = 50;
    /** 1994 in "Forrest Gump (1994)" becomes 1990s. */
    private static final String DECADE = "nullif(regexp_extract(title, '\\((\\d{3})\\d\\)\\s*$', 1), '') || '0s'";

    private MovieTweetings() {}

    static DatasetSpec spec(Path folder) {
        return new DatasetSpec(
                "movietweetings",
                ratings(folder),
                ContextSpec.NONE,
                Optional.empty(),
                Optional.of(movies(folder, "utf-8")),
                histories(),
                Timing.DEFAULT,
                0);
    }

    /** Ratings separated by double colons, as MovieLens 1M has them, too. */
    static EventsSpec ratings(Path folder) {
        CsvDialect dialect = doubleColons("utf-8");
        Table table = Table.headerless(folder.resolve("ratings.dat"), dialect, "user_id", "movie", "rating", "seconds")
                .withType("seconds", TimeUnit.SECONDS.csvType());
        return new EventsSpec(table, "user_id", "movie", TimeUnit.SECONDS.seconds("seconds"), ContextSpec.NONE);
    }

    static ProfileSpec movies(Path folder, String encoding) {
        Table table =
                Table.headerless(folder.resolve("movies.dat"), doubleColons(encoding), "movie", "title", "genres");
        return new ProfileSpec(
                table, "movie", List.of(ColumnSpec.many("genres", "genres", "|"), ColumnSpec.one("decade", DECADE)));
    }

    /** The fields that every movie dataset has: what the user clicked before. */
    static List<FieldSpec> histories() {
        return List.of(
                FieldSpec.history("watched", FieldSpec.ITEM, HISTORY),
                FieldSpec.history("genres", "genres", HISTORY),
                FieldSpec.history("decades", "decade", HISTORY),
                FieldSpec.activity("activity"));
    }

    static CsvDialect doubleColons(String encoding) {
        return new CsvDialect("::", "", false, encoding);
    }
}
