package org.opensearch.ralm.plugin.refresh;

import java.util.List;
import org.opensearch.plugins.ActionPlugin.ActionHandler;
import org.opensearch.rest.RestHandler;

/** What the node needs to know of the refresh: its actions and routes. */
public final class RefreshApi {

    private RefreshApi() {}

    /** The transport actions. */
    public static List<ActionHandler<?, ?>> actions() {
        return List.of(
                new ActionHandler<>(TransportStatusFeedAction.TYPE, TransportStatusFeedAction.class),
                new ActionHandler<>(TransportRefreshFeedAction.TYPE, TransportRefreshFeedAction.class));
    }

    /** The routes. */
    public static List<RestHandler> restHandlers() {
        return List.of(new RestRefreshAction());
    }
}
