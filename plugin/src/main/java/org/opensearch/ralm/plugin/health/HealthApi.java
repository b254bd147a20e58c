package org.opensearch.ralm.plugin.health;

import java.util.List;
import org.opensearch.plugins.ActionPlugin.ActionHandler;
import org.opensearch.rest.RestHandler;

/** What the node needs to know of health: its action and its route. */
public final class HealthApi {

    /** The name of the transport action. */
    public static final String ACTION = TransportHealthAction.TYPE.name();

    private HealthApi() {}

    /** The transport action. */
    public static List<ActionHandler<?, ?>> actions() {
        return List.of(new ActionHandler<>(TransportHealthAction.TYPE, TransportHealthAction.class));
    }

    /** The route. */
    public static List<RestHandler> restHandlers() {
        return List.of(new RestHealthAction());
    }
}
