package org.opensearch.ralm.trainer.source;

/** How a column tells the time. */
enum TimeUnit {
    SECONDS("BIGINT", "TRY_CAST(%s AS BIGINT)"),
    MILLIS("BIGINT", "floor(TRY_CAST(%s AS BIGINT) / 1000)::BIGINT"),
    /** ISO 8601, or a TIMESTAMP of Parquet; UTC unless the text says otherwise. */
    TIMESTAMP("TIMESTAMPTZ", "floor(epoch(TRY_CAST(%s AS TIMESTAMPTZ)))::BIGINT");

    private final String csvType;
    private final String seconds;

    TimeUnit(String csvType, String seconds) {
        this.csvType = csvType;
        this.seconds = seconds;
    }

    /** The SQL type to read a CSV column as. */
    String csvType() {
        return csvType;
    }

    /** The SQL that yields whole seconds since 1970, NULL if they cannot be told. */
    String seconds(String expression) {
        return seconds.formatted(expression);
    }
}
