package org.opensearch.ralm.plugin.feed;

import java.util.List;
import org.opensearch.action.ActionType;
import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.HandledTransportAction;
import org.opensearch.common.inject.Inject;
import org.opensearch.core.action.ActionListener;
import org.opensearch.ralm.plugin.system.NamedRequest;
import org.opensearch.tasks.Task;
import org.opensearch.transport.TransportService;

/** Shows one feed or all. */
public final class TransportGetFeedsAction extends HandledTransportAction<NamedRequest, GetFeedsResponse> {

    static final ActionType<GetFeedsResponse> TYPE =
            new ActionType<>("cluster:admin/opensearch/ralm/feed/get", GetFeedsResponse::new);

    private final FeedRegistry registry;

    /** Made by the node. */
    @Inject
    public TransportGetFeedsAction(
            TransportService transportService, ActionFilters actionFilters, FeedRegistry registry) {
        super(TYPE.name(), transportService, actionFilters, NamedRequest::new);
        this.registry = registry;
    }

    @Override
    protected void doExecute(Task task, NamedRequest request, ActionListener<GetFeedsResponse> listener) {
        if (request.name() == null) {
            registry.list(ActionListener.map(listener, feeds -> new GetFeedsResponse(false, feeds)));
        } else {
            registry.get(
                    request.name(), ActionListener.map(listener, feed -> new GetFeedsResponse(true, List.of(feed))));
        }
    }
}
