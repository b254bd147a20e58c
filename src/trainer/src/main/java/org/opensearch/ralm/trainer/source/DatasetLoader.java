package org.opensearch.ralm.trainer.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.synthetic.SyntheticFeed;
import org.opensearch.ralm.trainer.synthetic.SyntheticFeedOptions;
import org.opensearch.ralm.trainer.yaml.YamlException;

/**
 * Loads a dataset by a text {@code KIND:WHERE}: {@code movietweetings:DIR}, {@code movielens:DIR}, {@code globo:DIR},
 * {@code mind:DIR}, {@code synthetic[:key=value,…]}, {@code files:DIR-or-YAML}. Items that nobody clicked are left out.
 *
 * <p>Files are described by a {@code dataset.yaml}; relative paths start from its folder:
 *
 * <pre>{@code
 * name: my-feed                      # default: the name of the YAML
 * block_hours: 72                    # seeds are those who clicked before a block of so many hours
 * pool_hours: 0                      # whose clicks of so many hours make an item a candidate; 0 for any age
 * max_bad_rows: 0                    # how many unreadable rows may be skipped
 * events:                            # one row a click
 *   path: clicks/*.parquet           # path, glob or a list of them; csv, tsv, parquet, ndjson, jsonl
 *   user: user_id                    # which column is what
 *   item: article_id
 *   time: clicked_at
 *   time_unit: seconds               # seconds, millis or timestamp (ISO 8601, UTC)
 * users:                             # optional; one row a user
 *   path: users.csv
 *   format: csv                      # csv, parquet or ndjson; default: by the ending
 *   delimiter: ";"                   # these four for CSV only; defaults: , " true utf-8
 *   quote: none
 *   header: false                    # then the columns must be named:
 *   columns: [id, sex, topics, age]
 *   encoding: latin-1
 *   id: id
 * items:                             # optional; one row an item
 *   path: articles.ndjson
 *   id: article_id
 *   attributes:
 *     - {name: tags}                 # column: default the name; lists as they are, or
 *     - {name: places, column: loc, separator: "|"}
 * fields:                            # what a model sees of a user
 *   - {name: gender, kind: univalent, column: sex}
 *   - {name: topics, kind: multivalent, separator: "|"}
 *   - {name: age, kind: continuous}
 *   - {name: read, kind: history, last: 50}            # the last 50 items clicked before
 *   - {name: read_tags, kind: history, of: tags, last: 50}
 *   - {name: device, kind: context, last: 10}          # a column of the last 10 clicks before
 *   - {name: activity, kind: activity}                 # how much was clicked before
 * }</pre>
 */
public final class DatasetLoader {
    private static final List<String> KINDS =
            List.of("movietweetings", "movielens", "globo", "mind", "synthetic", "files");
    private static final String YAML = "dataset.yaml";

    private final Consumer<String> notices;
    private final OptionalInt maxBadRows;

    /**
     * A loader that skips no bad row but those that a YAML allows for.
     *
     * @param notices told what a person should know of a dataset that was read, e.g. how many rows were skipped
     */
    public DatasetLoader(Consumer<String> notices) {
        this(notices, OptionalInt.empty());
    }

    /**
     * @param maxBadRows how many unreadable rows may be skipped, whatever a YAML says; if empty, what it says, else none
     */
    public DatasetLoader(Consumer<String> notices, OptionalInt maxBadRows) {
        this.notices = notices;
        this.maxBadRows = maxBadRows;
    }

    /**
     * Reads a dataset.
     *
     * @throws DatasetException if it cannot be read; the message says why
     */
    public Dataset load(String source) {
        int colon = source.indexOf(':');
        String kind = colon < 0 ? source : source.substring(0, colon);
        String where = colon < 0 ? "" : source.substring(colon + 1);
        return switch (kind) {
            case "movietweetings" -> read(duckDb -> MovieTweetings.spec(folder(kind, where)));
            case "movielens" -> read(duckDb -> MovieLens.spec(folder(kind, where)));
            case "globo" -> read(duckDb -> Globo.spec(folder(kind, where)));
            case "mind" -> read(duckDb -> Mind.spec(folder(kind, where)));
            case "synthetic" -> feed(where).dataset();
            case "files" -> read(duckDb -> described(duckDb, yaml(where)));
            default ->
                throw new DatasetException("unknown kind of dataset [" + kind + "] in [" + source
                        + "], expected one of " + KINDS + ", e.g. movietweetings:/path/to/folder");
        };
    }

    /**
     * The feed that a made-up dataset is taken from; empty for other kinds.
     *
     * @throws DatasetException if it cannot be made
     */
    public static Optional<SyntheticFeed> madeUp(String source) {
        String[] parts = source.split(":", 2);
        return parts[0].equals("synthetic") ? Optional.of(feed(parts.length < 2 ? "" : parts[1])) : Optional.empty();
    }

    private static DatasetSpec described(DuckDb duckDb, Path yaml) {
        try {
            return new SpecReader(duckDb, yaml).read();
        } catch (YamlException e) {
            throw new DatasetException(e.getMessage(), e);
        }
    }

    private static SyntheticFeed feed(String changes) {
        try {
            return SyntheticFeed.generate(SyntheticFeedOptions.parse(changes));
        } catch (IllegalArgumentException e) {
            throw new DatasetException("synthetic: " + e.getMessage(), e);
        }
    }

    private Dataset read(Function<DuckDb, DatasetSpec> spec) {
        try (DuckDb duckDb = DuckDb.open()) {
            DatasetSpec found = spec.apply(duckDb);
            int limit = maxBadRows.orElse(found.maxBadRows());
            return new DatasetReader(duckDb, notices).read(found.withMaxBadRows(limit));
        }
    }

    private static Path folder(String kind, String where) {
        Path folder = Path.of(where);
        if (where.isEmpty() || !Files.isDirectory(folder)) {
            throw new DatasetException("[" + where + "] is no folder, expected " + kind + ":DIR");
        }
        return folder;
    }

    private static Path yaml(String where) {
        Path path = Path.of(where);
        Path file = Files.isDirectory(path) ? path.resolve(YAML) : path;
        if (where.isEmpty() || !Files.isRegularFile(file)) {
            throw new DatasetException(
                    "[" + file + "] is no file, expected files:DIR with a " + YAML + " in it, or files:PATH.yaml");
        }
        return file;
    }
}
