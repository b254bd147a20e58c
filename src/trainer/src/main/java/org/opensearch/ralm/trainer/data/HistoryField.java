package org.opensearch.ralm.trainer.data;

/**
 * The user's latest clicks before a moment, seen through an attribute of the clicked items: their ids, genres, tags…
 * A value that occurs in several of those clicks occurs as often in the field, so that a mean over it is weighted.
 *
 * @param name   the field's name
 * @param source the items' attribute; {@link Attribute#identity} for the items themselves
 * @param last   how many of the user's latest clicks are looked at, at least 1
 */
public record HistoryField(String name, Attribute source, int last) implements LatestClicksField {

    public HistoryField {
        LatestClicksField.requireClicks("history", name, last);
    }

    @Override
    public int row(UserHistory history, int click) {
        return history.item(click);
    }
}
