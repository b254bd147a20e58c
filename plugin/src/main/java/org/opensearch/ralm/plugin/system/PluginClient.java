package org.opensearch.ralm.plugin.system;

import org.opensearch.action.ActionRequest;
import org.opensearch.action.ActionType;
import org.opensearch.action.support.ContextPreservingActionListener;
import org.opensearch.common.util.concurrent.ThreadContext;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.action.ActionResponse;
import org.opensearch.identity.PluginSubject;
import org.opensearch.transport.client.Client;
import org.opensearch.transport.client.FilterClient;

/**
 * A client whose requests run as the plugin itself, not as the user who happens to be in the thread's context.
 *
 * <p>For the plugin's own indices and background work only, and only after a transport action has been allowed to the
 * user. Answers come back in the caller's context. Safe for use by several threads.
 */
public final class PluginClient extends FilterClient {

    private volatile PluginSubject subject;

    /**
     * @param in the node's client
     */
    public PluginClient(Client in) {
        super(in);
    }

    /** Says who the plugin is; until then, requests run without any user. */
    public void assignSubject(PluginSubject subject) {
        this.subject = subject;
    }

    @Override
    protected <Request extends ActionRequest, Response extends ActionResponse> void doExecute(
            ActionType<Response> action, Request request, ActionListener<Response> listener) {
        ThreadContext context = threadPool().getThreadContext();
        ActionListener<Response> inCallersContext =
                new ContextPreservingActionListener<>(context.newRestorableContext(false), listener);
        PluginSubject self = subject;
        if (self == null) {
            try (ThreadContext.StoredContext ignored = context.stashContext()) {
                super.doExecute(action, request, inCallersContext);
            }
        } else {
            self.runAs(() -> super.doExecute(action, request, inCallersContext));
        }
    }
}
