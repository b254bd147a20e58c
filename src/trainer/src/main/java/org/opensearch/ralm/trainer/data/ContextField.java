package org.opensearch.ralm.trainer.data;

/**
 * The circumstances of the user's latest clicks before a moment, e.g. their devices. Never those of the click that is to
 * be predicted: they would tell that it happened. A value that occurs in several clicks occurs as often in the field.
 *
 * @param name   the field's name
 * @param source the contexts' attribute, a row a context
 * @param last   how many of the user's latest clicks are looked at, at least 1
 */
public record ContextField(String name, Attribute source, int last) implements Field {

    public ContextField {
        if (last < 1) {
            throw new IllegalArgumentException(
                    "context field [" + name + "] must look at 1 click or more, got " + last);
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
            out.addIds(source.values(), history.context(click));
        }
    }
}
