package org.opensearch.ralm.plugin.stats;

import java.util.List;
import org.opensearch.plugins.ActionPlugin.ActionHandler;
import org.opensearch.rest.RestHandler;

/** What the node needs to know of the statistics: their action and routes. */
public final class StatsApi {

    /** The name of the transport action. */
    public static final String ACTION = TransportStatsAction.TYPE.name();

    private StatsApi() {}

    /** The transport action. */
    public static List<ActionHandler<?, ?>> actions() {
        return List.of(new ActionHandler<>(TransportStatsAction.TYPE, TransportStatsAction.class));
    }

    /** The routes. */
    public static List<RestHandler> restHandlers() {
        return List.of(new RestStatsAction());
    }
}
