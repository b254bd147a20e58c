package org.opensearch.ralm.plugin.model;

import java.util.List;
import java.util.function.BiConsumer;
import org.opensearch.core.action.ActionListener;

/** Which feeds use a model; told by whoever keeps the feeds. */
public final class ModelUsage {

    private final BiConsumer<String, ActionListener<List<String>>> lookup;

    /**
     * @param lookup answers with the names of the feeds that use the model of an id
     */
    public ModelUsage(BiConsumer<String, ActionListener<List<String>>> lookup) {
        this.lookup = lookup;
    }

    void feedsOf(String model, ActionListener<List<String>> listener) {
        lookup.accept(model, listener);
    }
}
