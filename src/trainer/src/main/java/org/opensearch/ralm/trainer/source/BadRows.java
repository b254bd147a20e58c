package org.opensearch.ralm.trainer.source;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Counts the rows that cannot be read and keeps the first few to show; not thread-safe. */
final class BadRows {
    private static final int SHOWN = 5;

    private final int limit;
    private final List<String> first = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
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

    /** Adds a remark that helps to find rows that are counted already. */
    void note(String remark) {
        notes.add(remark);
    }

    long count() {
        return count;
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
        lines.addAll(notes);
        String shown = String.join("\n  ", lines);
        if (count > limit) {
            throw new DatasetException(
                    count + " bad rows, at most " + limit + " may be skipped (max_bad_rows):\n  " + shown);
        }
        notices.accept("skipped " + count + " bad rows:\n  " + shown);
    }
}
