package org.opensearch.ralm.plugin.model;

import java.util.List;
import org.opensearch.action.ActionRunnable;
import org.opensearch.action.ActionType;
import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.HandledTransportAction;
import org.opensearch.common.inject.Inject;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.common.bytes.BytesReference;
import org.opensearch.ralm.artifact.ModelArtifact;
import org.opensearch.ralm.plugin.metrics.MetricsLog;
import org.opensearch.ralm.plugin.system.CacheBroadcast;
import org.opensearch.ralm.plugin.system.WriteResponse;
import org.opensearch.ralm.plugin.system.WriteResponse.Result;
import org.opensearch.tasks.Task;
import org.opensearch.threadpool.ThreadPool;
import org.opensearch.transport.TransportService;

/** Checks an uploaded model and stores it; all nodes then have it, and it is logged. */
public final class TransportPutModelAction extends HandledTransportAction<PutModelRequest, WriteResponse> {

    static final ActionType<WriteResponse> TYPE =
            new ActionType<>("cluster:admin/opensearch/ralm/model/put", WriteResponse::new);

    private final ModelRegistry registry;
    private final CacheBroadcast broadcast;
    private final MetricsLog log;
    private final ModelUploads uploads;
    private final ThreadPool threadPool;

    /** Made by the node. */
    @Inject
    public TransportPutModelAction(
            TransportService transportService,
            ActionFilters actionFilters,
            ModelRegistry registry,
            CacheBroadcast broadcast,
            MetricsLog log,
            ModelUploads uploads,
            ThreadPool threadPool) {
        super(TYPE.name(), transportService, actionFilters, PutModelRequest::new);
        this.registry = registry;
        this.broadcast = broadcast;
        this.log = log;
        this.uploads = uploads;
        this.threadPool = threadPool;
    }

    @Override
    protected void doExecute(Task task, PutModelRequest request, ActionListener<WriteResponse> listener) {
        long size = request.weights().length() + request.manifest().length();
        uploads.requireSize(request.id(), size);
        ActionListener<WriteResponse> released = ActionListener.runBefore(listener, uploads.reserve(size)::close);
        threadPool.generic().execute(ActionRunnable.wrap(released, same -> store(check(request), same)));
    }

    private void store(ModelArtifact artifact, ActionListener<WriteResponse> listener) {
        ActionListener<WriteResponse> logged = log.thenAnswer(
                stored ->
                        stored.result() == Result.CREATED ? List.of(new ModelDocument(artifact.manifest())) : List.of(),
                listener);
        registry.put(
                artifact,
                broadcast.thenAnswer(ModelCache.NAME, artifact.manifest().id(), logged));
    }

    private static ModelArtifact check(PutModelRequest request) {
        ModelArtifact artifact = ModelArtifact.parse(
                BytesReference.toBytes(request.manifest()), BytesReference.toBytes(request.weights()));
        if (artifact.manifest().id().equals(request.id()) == false) {
            throw new IllegalArgumentException("the path names model [" + request.id() + "], but model.json has [id] ["
                    + artifact.manifest().id() + "]");
        }
        return artifact;
    }
}
