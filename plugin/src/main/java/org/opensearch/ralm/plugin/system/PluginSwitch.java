package org.opensearch.ralm.plugin.system;

import org.opensearch.OpenSearchStatusException;
import org.opensearch.common.settings.ClusterSettings;
import org.opensearch.common.settings.Setting;
import org.opensearch.common.settings.Setting.Property;
import org.opensearch.common.settings.Settings;
import org.opensearch.core.rest.RestStatus;

/**
 * Whether the plugin is switched on. While it is off, requests and queries of its own are refused, its background work
 * rests, and documents go through its processors without anything being looked up: what they bring is kept, to be
 * counted later. Safe for use by several threads.
 */
public final class PluginSwitch {

    /** Switches the plugin on and off. */
    public static final Setting<Boolean> ENABLED =
            Setting.boolSetting("plugins.ralm.enabled", true, Property.NodeScope, Property.Dynamic);

    private volatile boolean on;

    /**
     * @param settings the node's
     */
    public PluginSwitch(Settings settings) {
        this.on = ENABLED.get(settings);
    }

    /** Follows the setting; to be called once, before the node serves requests. */
    public void follow(ClusterSettings settings) {
        settings.addSettingsUpdateConsumer(ENABLED, enabled -> on = enabled);
    }

    /** Whether the plugin is on. */
    public boolean isOn() {
        return on;
    }

    /**
     * Refuses what needs the plugin.
     *
     * @param what that is
     * @throws OpenSearchStatusException a 403 while the plugin is off
     */
    public void requireOn(String what) {
        if (on == false) {
            throw new OpenSearchStatusException(
                    "{} cannot be served: the plugin is switched off by [{}], which has to be true",
                    RestStatus.FORBIDDEN,
                    what,
                    ENABLED.getKey());
        }
    }
}
