package org.opensearch.ralm.plugin.score;

import java.util.Optional;
import org.opensearch.core.action.ActionListener;
import org.opensearch.transport.client.Client;

/** Finds what a request names: feed, model and the user's vector. */
interface ScoreResolver {

    /**
     * Answers with what shards need to score the request; with nothing if it matches nothing, as its user is missing.
     *
     * @param client acts as the user who asks
     */
    void resolve(ScoreRequest request, Client client, ActionListener<Optional<ScoreParameters>> listener);
}
