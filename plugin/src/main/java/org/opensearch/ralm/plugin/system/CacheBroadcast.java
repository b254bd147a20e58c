package org.opensearch.ralm.plugin.system;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.opensearch.core.action.ActionListener;
import org.opensearch.transport.client.Client;

/** Tells all nodes that a document has changed, before the one who changed it gets the answer. */
public final class CacheBroadcast {

    private static final Logger LOGGER = LogManager.getLogger(CacheBroadcast.class);

    private final Client client;

    /**
     * @param client a client that acts as the plugin
     */
    public CacheBroadcast(Client client) {
        this.client = client;
    }

    /**
     * Passes an answer on when all nodes have renewed a document; a node that cannot be reached does not hold it back.
     *
     * @param cache the name of the cache
     * @param key the document's key
     * @param listener who waits for the answer
     */
    public <T> ActionListener<T> thenAnswer(String cache, String key, ActionListener<T> listener) {
        return ActionListener.wrap(
                answer -> client.execute(
                        TransportRenewAction.TYPE,
                        new RenewRequest(cache, key),
                        ActionListener.wrap(
                                renewed -> {
                                    renewed.failures()
                                            .forEach(failure -> LOGGER.warn("[{}] not renewed", key, failure));
                                    listener.onResponse(answer);
                                },
                                e -> {
                                    LOGGER.warn("[{}] not renewed", key, e);
                                    listener.onResponse(answer);
                                })),
                listener::onFailure);
    }
}
