package org.opensearch.ralm.trainer.source;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Counts the rows that cannot be used and keeps the first few to show; not thread-safe. */
final class BadRows {
    /** How many rows are shown. */
    static final int SHOWN = 10;

    private final int limit;
    private final List<String> first = new ArrayList<>();
    private long count;

    BadRows(int limit) {
        this.limit = limit;
    }

    void add(String where, String reason) {
        count++;
        if (first.size() < SHOWN) {
            first.add(where + ": " + reason);
        }
    }

    /** Counts rows that are not shown. */
    void add(long more) {
        count += more;
    }

    /**
     * Tells how many rows were skipped.
     *
     * @throws DatasetException if they are more than the limit
     */
    void report(Consumer<String> notices) {
        if (count == 0) {
            return;
        }
        List<String> lines = new ArrayList<>(first);
        if (count > first.size()) {
            lines.add("…");
        }
        String shown = count == 1 ? " bad row" : " bad rows";
        if (count > limit) {
            throw new DatasetException(count + shown + ", at most " + limit
                    + " may be skipped (max_bad_rows, --max-bad-rows):\n  " + String.join("\n  ", lines));
        }
        notices.accept("skipped " + count + shown + ":\n  " + String.join("\n  ", lines));
    }
}
