package org.opensearch.ralm.trainer.source;

import java.util.Locale;
import java.util.Optional;

/** The formats that tables are read from. */
enum FileFormat {
    CSV,
    PARQUET,
    NDJSON;

    /** Guesses from a file's ending, compressed or not. */
    static Optional<FileFormat> ofPath(String path) {
        String name = path.toLowerCase(Locale.ROOT).replaceFirst("\\.(gz|zst)$", "");
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "csv", "tsv" -> Optional.of(CSV);
            case "parquet" -> Optional.of(PARQUET);
            case "ndjson", "jsonl", "json" -> Optional.of(NDJSON);
            default -> Optional.empty();
        };
    }
}
