package org.opensearch.ralm.plugin.model;

import java.util.List;
import org.opensearch.action.ActionType;
import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.HandledTransportAction;
import org.opensearch.common.inject.Inject;
import org.opensearch.core.action.ActionListener;
import org.opensearch.ralm.plugin.system.NamedRequest;
import org.opensearch.tasks.Task;
import org.opensearch.transport.TransportService;

/** Describes one model or all. */
public final class TransportGetModelsAction extends HandledTransportAction<NamedRequest, GetModelsResponse> {

    static final ActionType<GetModelsResponse> TYPE =
            new ActionType<>("cluster:admin/opensearch/ralm/model/get", GetModelsResponse::new);

    private final ModelRegistry registry;

    /** Made by the node. */
    @Inject
    public TransportGetModelsAction(
            TransportService transportService, ActionFilters actionFilters, ModelRegistry registry) {
        super(TYPE.name(), transportService, actionFilters, NamedRequest::new);
        this.registry = registry;
    }

    @Override
    protected void doExecute(Task task, NamedRequest request, ActionListener<GetModelsResponse> listener) {
        if (request.name() == null) {
            registry.list(ActionListener.map(listener, models -> new GetModelsResponse(false, models)));
        } else {
            registry.describe(
                    request.name(), ActionListener.map(listener, model -> new GetModelsResponse(true, List.of(model))));
        }
    }
}
