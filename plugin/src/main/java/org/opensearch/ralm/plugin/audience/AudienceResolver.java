package org.opensearch.ralm.plugin.audience;

import org.opensearch.core.action.ActionListener;
import org.opensearch.transport.client.Client;

/** Finds what a request names: feed, model, the candidate's block and its seeds. */
interface AudienceResolver {

    /**
     * Answers with what shards need to score users.
     *
     * @param client acts as the user who asks
     */
    void resolve(AudienceRequest request, Client client, ActionListener<ResolvedAudience> listener);
}
