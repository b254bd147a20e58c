package org.opensearch.ralm.plugin.model;

import org.opensearch.action.ActionRunnable;
import org.opensearch.action.ActionType;
import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.HandledTransportAction;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.inject.Inject;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.common.bytes.BytesReference;
import org.opensearch.core.common.unit.ByteSizeValue;
import org.opensearch.ralm.artifact.ModelArtifact;
import org.opensearch.ralm.plugin.system.CacheBroadcast;
import org.opensearch.ralm.plugin.system.WriteResponse;
import org.opensearch.tasks.Task;
import org.opensearch.threadpool.ThreadPool;
import org.opensearch.transport.TransportService;

/** Checks an uploaded model and stores it; all nodes then have it. */
public final class TransportPutModelAction extends HandledTransportAction<PutModelRequest, WriteResponse> {

    static final ActionType<WriteResponse> TYPE =
            new ActionType<>("cluster:admin/opensearch/ralm/model/put", WriteResponse::new);

    private final ModelRegistry registry;
    private final CacheBroadcast broadcast;
    private final ThreadPool threadPool;
    private volatile ByteSizeValue maximumSize;

    /** Made by the node. */
    @Inject
    public TransportPutModelAction(
            TransportService transportService,
            ActionFilters actionFilters,
            ModelRegistry registry,
            CacheBroadcast broadcast,
            ClusterService clusterService,
            ThreadPool threadPool) {
        super(TYPE.name(), transportService, actionFilters, PutModelRequest::new);
        this.registry = registry;
        this.broadcast = broadcast;
        this.threadPool = threadPool;
        this.maximumSize = ModelApi.MAX_SIZE.get(clusterService.getSettings());
        clusterService.getClusterSettings().addSettingsUpdateConsumer(ModelApi.MAX_SIZE, size -> maximumSize = size);
    }

    @Override
    protected void doExecute(Task task, PutModelRequest request, ActionListener<WriteResponse> listener) {
        ActionListener<WriteResponse> afterBroadcast = broadcast.thenAnswer(ModelCache.NAME, request.id(), listener);
        threadPool
                .generic()
                .execute(ActionRunnable.wrap(listener, same -> registry.put(check(request), afterBroadcast)));
    }

    private ModelArtifact check(PutModelRequest request) {
        int size = request.weights().length() + request.manifest().length();
        if (size > maximumSize.getBytes()) {
            throw new IllegalArgumentException("model [" + request.id() + "] has " + size + " bytes, but ["
                    + ModelApi.MAX_SIZE.getKey() + "] allows " + maximumSize.getBytes());
        }
        ModelArtifact artifact = ModelArtifact.parse(
                BytesReference.toBytes(request.manifest()), BytesReference.toBytes(request.weights()));
        if (artifact.manifest().id().equals(request.id()) == false) {
            throw new IllegalArgumentException("the path names model [" + request.id() + "], but model.json has [id] ["
                    + artifact.manifest().id() + "]");
        }
        return artifact;
    }
}
