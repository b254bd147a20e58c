package org.opensearch.ralm.trainer.data;

/**
 * A field of the user's latest clicks before a moment, seen through an attribute. A value that occurs in several of them
 * occurs as often in the field, so that a mean over it is weighted.
 */
sealed interface LatestClicksField extends Field permits ContextField, HistoryField {

    /** What is looked at, by rows. */
    Attribute source();

    /** How many of the user's latest clicks are looked at. */
    int last();

    /** The attribute's row for a click. */
    int row(UserHistory history, int click);

    /** Refuses a field of no clicks. */
    static void requireClicks(String kind, String name, int last) {
        if (last < 1) {
            throw new IllegalArgumentException(
                    kind + " field [" + name + "] must look at 1 click or more, got " + last);
        }
    }

    @Override
    default FieldKind kind() {
        return FieldKind.HISTORY;
    }

    @Override
    default Vocabulary vocabulary() {
        return source().vocabulary();
    }

    @Override
    default void write(int user, UserHistory history, int start, int end, FieldColumn.Builder out) {
        for (int click = Math.max(start, end - last()); click < end; click++) {
            out.addIds(source().values(), row(history, click));
        }
    }
}
