package org.opensearch.ralm.plugin.system;

import java.util.Set;
import org.opensearch.action.ActionRequest;
import org.opensearch.action.support.ActionFilter;
import org.opensearch.action.support.ActionFilterChain;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.action.ActionResponse;
import org.opensearch.tasks.Task;

/** Refuses the plugin's actions while it is switched off, but for those that only tell how it is. */
public final class SwitchFilter implements ActionFilter {

    private static final String ACTIONS = "opensearch/ralm/";

    private final PluginSwitch pluginSwitch;
    private final Set<String> always;

    /**
     * @param always the names of the actions that are answered nevertheless
     */
    public SwitchFilter(PluginSwitch pluginSwitch, Set<String> always) {
        this.pluginSwitch = pluginSwitch;
        this.always = Set.copyOf(always);
    }

    /** After those that ask who the caller is. */
    @Override
    public int order() {
        return 0;
    }

    @Override
    public <Request extends ActionRequest, Response extends ActionResponse> void apply(
            Task task,
            String action,
            Request request,
            ActionListener<Response> listener,
            ActionFilterChain<Request, Response> chain) {
        if (action.contains(ACTIONS) && always.contains(action) == false) {
            pluginSwitch.requireOn("action [" + action + "]");
        }
        chain.proceed(task, action, request, listener);
    }
}
