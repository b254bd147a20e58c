package org.opensearch.ralm.trainer.data;

import java.util.ArrayList;
import java.util.List;

/** Looks up every field of users at given moments, from profile and from clicks strictly before. Thread-safe. */
public final class FieldExtractor {
    private final List<Field> fields;
    private final UserHistory history;

    public FieldExtractor(List<Field> fields, UserHistory history) {
        this.fields = List.copyOf(fields);
        this.history = history;
    }

    /**
     * Reads the fields of row r = (users[r], times[r]).
     *
     * @param users dense user ids
     * @param times seconds, as many as users; clicks at or after a row's time do not exist for it
     * @throws IllegalArgumentException if the two differ in length
     */
    public FieldBatch extract(int[] users, long[] times) {
        if (users.length != times.length) {
            throw new IllegalArgumentException(users.length + " users but " + times.length + " times");
        }
        int[] ends = new int[users.length];
        for (int row = 0; row < users.length; row++) {
            ends[row] = history.endBefore(users[row], times[row]);
        }
        List<FieldColumn> columns = new ArrayList<>(fields.size());
        for (Field field : fields) {
            columns.add(column(field, users, ends));
        }
        return new FieldBatch(users.length, columns);
    }

    private FieldColumn column(Field field, int[] users, int[] ends) {
        FieldColumn.Builder out = new FieldColumn.Builder(users.length);
        for (int row = 0; row < users.length; row++) {
            field.write(users[row], history, history.start(users[row]), ends[row], out);
            out.endRow();
        }
        return out.build();
    }
}
