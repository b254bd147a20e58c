package org.opensearch.ralm.plugin.rollout;

import java.util.List;
import org.opensearch.common.settings.Setting;
import org.opensearch.plugins.ActionPlugin.ActionHandler;
import org.opensearch.rest.RestHandler;

/** What the node needs to know of changing models: the setting, the actions and their routes. */
public final class RolloutApi {

    private RolloutApi() {}

    /** The settings. */
    public static List<Setting<?>> settings() {
        return List.of(RolloutDriver.KEEP);
    }

    /** The transport actions. */
    public static List<ActionHandler<?, ?>> actions() {
        return List.of(
                new ActionHandler<>(TransportActivateAction.TYPE, TransportActivateAction.class),
                new ActionHandler<>(TransportRollbackAction.TYPE, TransportRollbackAction.class),
                new ActionHandler<>(TransportCancelRolloutAction.TYPE, TransportCancelRolloutAction.class),
                new ActionHandler<>(TransportRolloutAction.TYPE, TransportRolloutAction.class));
    }

    /** The routes. */
    public static List<RestHandler> restHandlers() {
        return List.of(new RestRolloutAction());
    }
}
