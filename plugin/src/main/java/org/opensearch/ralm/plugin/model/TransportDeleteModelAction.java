package org.opensearch.ralm.plugin.model;

import org.opensearch.OpenSearchStatusException;
import org.opensearch.action.ActionType;
import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.HandledTransportAction;
import org.opensearch.common.inject.Inject;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.ralm.plugin.system.CacheBroadcast;
import org.opensearch.ralm.plugin.system.NamedRequest;
import org.opensearch.ralm.plugin.system.WriteResponse;
import org.opensearch.tasks.Task;
import org.opensearch.transport.TransportService;

/** Deletes a model that no feed uses. */
public final class TransportDeleteModelAction extends HandledTransportAction<NamedRequest, WriteResponse> {

    static final ActionType<WriteResponse> TYPE =
            new ActionType<>("cluster:admin/opensearch/ralm/model/delete", WriteResponse::new);

    private final ModelRegistry registry;
    private final ModelUsage usage;
    private final CacheBroadcast broadcast;

    /** Made by the node. */
    @Inject
    public TransportDeleteModelAction(
            TransportService transportService,
            ActionFilters actionFilters,
            ModelRegistry registry,
            ModelUsage usage,
            CacheBroadcast broadcast) {
        super(TYPE.name(), transportService, actionFilters, NamedRequest::new);
        this.registry = registry;
        this.usage = usage;
        this.broadcast = broadcast;
    }

    @Override
    protected void doExecute(Task task, NamedRequest request, ActionListener<WriteResponse> listener) {
        String id = request.name();
        ActionListener<WriteResponse> afterBroadcast = broadcast.thenAnswer(ModelCache.NAME, id, listener);
        usage.feedsOf(
                id,
                ActionListener.wrap(
                        feeds -> {
                            if (feeds.isEmpty()) {
                                registry.delete(id, afterBroadcast);
                            } else {
                                listener.onFailure(new OpenSearchStatusException(
                                        "model [{}] is in use by feeds {} and cannot be deleted",
                                        RestStatus.CONFLICT,
                                        id,
                                        feeds));
                            }
                        },
                        listener::onFailure));
    }
}
