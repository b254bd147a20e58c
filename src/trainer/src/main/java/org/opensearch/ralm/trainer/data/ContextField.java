package org.opensearch.ralm.trainer.data;

/**
 * The circumstances of the user's latest clicks before a moment, e.g. their devices. Never those of the click that is to
 * be predicted: they would tell that it happened. A value that occurs in several clicks occurs as often in the field.
 *
 * @param name   the field's name
 * @param source the contexts' attribute, a row a context
 * @param last   how many of the user's latest clicks are looked at, at least 1
 */
public record ContextField(String name, Attribute source, int last) implements LatestClicksField {

    public ContextField {
        LatestClicksField.requireClicks("context", name, last);
    }

    @Override
    public int row(UserHistory history, int click) {
        return history.context(click);
    }
}
