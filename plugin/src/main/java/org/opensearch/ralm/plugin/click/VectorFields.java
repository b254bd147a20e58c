package org.opensearch.ralm.plugin.click;

import java.util.Map;
import org.opensearch.ralm.plugin.feed.Feed;

/**
 * The members of a click that hold the vector of its user: there are two sets of them, for the two slots of a feed, so
 * that a click can have a vector of another model beside that of the one in use.
 *
 * @param model the model the vector was made by; absent where there is no vector
 * @param vector the user's look-alike vector
 * @param unknownUser true where the user had no vector
 */
public record VectorFields(String model, String vector, String unknownUser) {

    private static final VectorFields FIRST = new VectorFields("model", "vector", "unknown_user");
    private static final VectorFields SECOND = new VectorFields("model_2", "vector_2", "unknown_user_2");

    /** Those of a feed as it is. */
    public static VectorFields of(Feed feed) {
        return ofSlot(feed.slot());
    }

    /** Those of a slot, 0 or 1. */
    public static VectorFields ofSlot(int slot) {
        return slot == 0 ? FIRST : SECOND;
    }

    /**
     * Writes a user's vector into a click.
     *
     * @param value as {@link ClickFields#encoded} gives it; null if it is not known
     */
    public void put(Map<String, Object> click, String modelId, String value) {
        if (value == null) {
            click.remove(model);
            click.remove(vector);
            click.put(unknownUser, true);
        } else {
            click.put(model, modelId);
            click.put(vector, value);
            click.remove(unknownUser);
        }
    }

    /** Takes all of them out of a click; says whether there were any. */
    public boolean remove(Map<String, Object> click) {
        int before = click.size();
        click.remove(model);
        click.remove(vector);
        click.remove(unknownUser);
        return click.size() < before;
    }
}
