package org.opensearch.ralm.trainer.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.opensearch.ralm.trainer.data.FieldKind;
import org.opensearch.ralm.trainer.data.Timing;

/**
 * The MovieLens formats: 1M ({@code ratings.dat}, {@code movies.dat}, {@code users.dat}) or 100K ({@code u.data},
 * {@code u.item}, {@code u.user}), whichever the folder holds. A rating is a click.
 */
final class MovieLens {
    private static final String LATIN_1 = "latin-1";
    private static final List<String> GENRES_100K = List.of(
            "unknown",
            "Action",
            "Adventure",
            "Animation",
            "Children's",
            "Comedy",
            "Crime",
            "Documentary",
            "Drama",
            "Fantasy",
            "Film-Noir",
            "Horror",
            "Musical",
            "Mystery",
            "Romance",
            "Sci-Fi",
            "Thriller",
            "War",
            "Western");

    private MovieLens() {}

    static DatasetSpec spec(Path folder) {
        if (Files.exists(folder.resolve("ratings.dat"))) {
            return oneMillion(folder);
        }
        if (Files.exists(folder.resolve("u.data"))) {
            return hundredThousand(folder);
        }
        throw new DatasetException(
                "[" + folder + "] has neither ratings.dat (MovieLens 1M) nor u.data (MovieLens 100K)");
    }

    /** Users are user::gender::age group::occupation::zip code. */
    private static DatasetSpec oneMillion(Path folder) {
        Table users = Table.headerless(
                folder.resolve("users.dat"),
                MovieTweetings.doubleColons(LATIN_1),
                "user_id",
                "gender",
                "age",
                "occupation",
                "zip");
        List<ColumnSpec> columns = List.of(
                ColumnSpec.one("gender", "gender"),
                ColumnSpec.one("age", "age"),
                ColumnSpec.one("occupation", "occupation"));
        return new DatasetSpec(
                "movielens-1m",
                MovieTweetings.ratings(folder),
                ContextSpec.NONE,
                Optional.of(new ProfileSpec(users, "user_id", columns)),
                Optional.of(MovieTweetings.movies(folder, LATIN_1)),
                fields(FieldSpec.categorical("age", FieldKind.UNIVALENT)),
                Timing.DEFAULT,
                0);
    }

    /** Ages are years here, so a number. */
    private static DatasetSpec hundredThousand(Path folder) {
        Table ratings = Table.headerless(
                        folder.resolve("u.data"), dialect("\t"), "user_id", "movie", "rating", "seconds")
                .withType("seconds", TimeUnit.SECONDS.csvType());
        Table users = Table.headerless(
                        folder.resolve("u.user"), dialect("|"), "user_id", "age", "gender", "occupation", "zip")
                .withType("age", "DOUBLE");
        List<ColumnSpec> columns = List.of(
                ColumnSpec.number("age", "age"),
                ColumnSpec.one("gender", "gender"),
                ColumnSpec.one("occupation", "occupation"));
        return new DatasetSpec(
                "movielens-100k",
                new EventsSpec(ratings, "user_id", "movie", TimeUnit.SECONDS.seconds("seconds"), ContextSpec.NONE),
                ContextSpec.NONE,
                Optional.of(new ProfileSpec(users, "user_id", columns)),
                Optional.of(movies100K(folder)),
                fields(FieldSpec.continuous("age")),
                Timing.DEFAULT,
                0);
    }

    /** Movies are movie|title|01-Jan-1995|video date|URL and a 0 or 1 for each genre. */
    private static ProfileSpec movies100K(Path folder) {
        List<String> columns = new ArrayList<>(List.of("movie", "title", "released", "video", "url"));
        columns.addAll(GENRES_100K);
        Table table = Table.headerless(folder.resolve("u.item"), dialect("|"), columns.toArray(String[]::new));
        List<String> flags = GENRES_100K.stream()
                .map(genre -> "CASE WHEN " + DuckDb.identifier(genre) + " = '1' THEN " + DuckDb.literal(genre) + " END")
                .toList();
        String genres = "concat_ws('|', " + String.join(", ", flags) + ")";
        String decade = "nullif(regexp_extract(released, '(\\d{3})\\d$', 1), '') || '0s'";
        return new ProfileSpec(
                table, "movie", List.of(ColumnSpec.many("genres", genres, "|"), ColumnSpec.one("decade", decade)));
    }

    private static List<FieldSpec> fields(FieldSpec age) {
        List<FieldSpec> fields = new ArrayList<>(List.of(
                FieldSpec.categorical("gender", FieldKind.UNIVALENT),
                age,
                FieldSpec.categorical("occupation", FieldKind.UNIVALENT)));
        fields.addAll(MovieTweetings.histories());
        return fields;
    }

    private static CsvDialect dialect(String delimiter) {
        return new CsvDialect(delimiter, "", false, LATIN_1);
    }
}
