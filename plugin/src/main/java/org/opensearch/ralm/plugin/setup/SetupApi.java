package org.opensearch.ralm.plugin.setup;

import java.util.List;
import org.opensearch.plugins.ActionPlugin.ActionHandler;
import org.opensearch.rest.RestHandler;

/** What the node needs to know of setting feeds up: the action and its route. */
public final class SetupApi {

    private SetupApi() {}

    /** The transport action. */
    public static List<ActionHandler<?, ?>> actions() {
        return List.of(new ActionHandler<>(TransportSetupFeedAction.TYPE, TransportSetupFeedAction.class));
    }

    /** The route. */
    public static List<RestHandler> restHandlers() {
        return List.of(new RestSetupAction());
    }
}
