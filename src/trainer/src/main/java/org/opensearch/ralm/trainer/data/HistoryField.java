package org.opensearch.ralm.trainer.data;

/**
 * The user's latest clicks before a moment, seen through an attribute of the clicked items: their ids, genres, tags…
 * A value that occurs in several of those clicks occurs as often in the field, so that a mean over it is weighted.
 *
 * @param name   the field's name
 * @param source the items' attribute; {@link Attribute#identity} for the items themselves
 * @param last   how many of the user's latest clicks are looked at, at least 1
 */
public record HistoryField(String name, Attribute source, int last) implements Field {

    public HistoryField {
        if (last < 1) {
            throw new IllegalArgumentException(
                    "history field [" + name + "] must look at 1 click or more, got " + last);
        }
    }

    @Override
    public FieldKind kind() {
        return FieldKind.HISTORY;
    }

    @Override
    public Vocabulary vocabulary() {
        return source.vocabulary();
    }

    @Override
    public void write(int user, UserHistory history, int start, int end, FieldColumn.Builder out) {
        for (int click = Math.max(start, end - last); click < end; click++) {
            out.addIds(source.values(), history.item(click));
        }
    }
}
