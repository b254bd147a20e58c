package org.opensearch.ralm.plugin.candidate;

import java.util.List;
import org.opensearch.plugins.ActionPlugin.ActionHandler;
import org.opensearch.rest.RestHandler;

/** What the node needs to know of showing candidates: the action and its route. */
public final class CandidateApi {

    private CandidateApi() {}

    /** The transport action. */
    public static List<ActionHandler<?, ?>> actions() {
        return List.of(new ActionHandler<>(TransportGetCandidateAction.TYPE, TransportGetCandidateAction.class));
    }

    /** The route. */
    public static List<RestHandler> restHandlers() {
        return List.of(new RestCandidateAction());
    }
}
