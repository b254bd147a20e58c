package org.opensearch.ralm.trainer.data;

/**
 * One field of the user, the unit over which the attention merge layer attends (equations 6 to 8 of the paper).
 * Implementations are immutable and thread-safe.
 */
public sealed interface Field permits ActivityField, CategoricalField, ContinuousField, LatestClicksField {

    /** The field's name, unique in a dataset. */
    String name();

    /** What the field holds. */
    FieldKind kind();

    /** The ids the field can hold; empty for a continuous field. */
    Vocabulary vocabulary();

    /**
     * Writes what the field holds for a user at a moment and nothing when it is missing; it is then to be masked out of
     * the attention. Does not close the row.
     *
     * @param user    the dense user id
     * @param history where the user's clicks are found
     * @param start   position of the user's first click
     * @param end     position after the user's last click before the moment
     * @param out     where the values go
     */
    void write(int user, UserHistory history, int start, int end, FieldColumn.Builder out);
}
