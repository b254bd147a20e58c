package org.opensearch.ralm.plugin.setup;

import java.util.function.Supplier;
import org.opensearch.cluster.metadata.Metadata;
import org.opensearch.core.action.ActionListener;
import org.opensearch.ralm.plugin.feed.Feed;
import org.opensearch.ralm.plugin.feed.RecallField;
import org.opensearch.transport.client.Client;

/** Gives the indices of a feed the fields of the slot that another model is prepared in. */
public final class SlotSetup {

    private final Client client;
    private final Supplier<Metadata> metadata;

    /**
     * @param client acts as the user who asks
     * @param metadata the cluster's indices as they are now
     */
    public SlotSetup(Client client, Supplier<Metadata> metadata) {
        this.client = client;
        this.metadata = metadata;
    }

    /**
     * Adds the fields that are missing; never changes what is there.
     *
     * @param feed as it is in that slot
     * @param dimension of its model
     */
    public void run(Feed feed, int dimension, ActionListener<Void> listener) {
        boolean recall = RecallField.isMapped(metadata.get(), feed.candidates(), feed.fieldBeside());
        SetupFeedRequest request = new SetupFeedRequest(feed.name(), 1, 1, recall);
        new FeedSetup(client, metadata, new FeedNeeds(feed, dimension, request)).extend(listener);
    }
}
