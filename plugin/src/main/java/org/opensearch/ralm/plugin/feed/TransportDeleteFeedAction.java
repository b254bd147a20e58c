package org.opensearch.ralm.plugin.feed;

import org.opensearch.action.ActionType;
import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.HandledTransportAction;
import org.opensearch.common.inject.Inject;
import org.opensearch.core.action.ActionListener;
import org.opensearch.ralm.plugin.system.CacheBroadcast;
import org.opensearch.ralm.plugin.system.NamedRequest;
import org.opensearch.ralm.plugin.system.WriteResponse;
import org.opensearch.tasks.Task;
import org.opensearch.transport.TransportService;

/** Deletes a feed; its indices and its model stay. */
public final class TransportDeleteFeedAction extends HandledTransportAction<NamedRequest, WriteResponse> {

    static final ActionType<WriteResponse> TYPE =
            new ActionType<>("cluster:admin/opensearch/ralm/feed/delete", WriteResponse::new);

    private final FeedRegistry registry;
    private final CacheBroadcast broadcast;

    /** Made by the node. */
    @Inject
    public TransportDeleteFeedAction(
            TransportService transportService,
            ActionFilters actionFilters,
            FeedRegistry registry,
            CacheBroadcast broadcast) {
        super(TYPE.name(), transportService, actionFilters, NamedRequest::new);
        this.registry = registry;
        this.broadcast = broadcast;
    }

    @Override
    protected void doExecute(Task task, NamedRequest request, ActionListener<WriteResponse> listener) {
        registry.delete(request.name(), broadcast.thenAnswer(FeedCache.NAME, request.name(), listener));
    }
}
