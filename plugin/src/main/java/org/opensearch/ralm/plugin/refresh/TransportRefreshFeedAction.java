package org.opensearch.ralm.plugin.refresh;

import org.opensearch.ExceptionsHelper;
import org.opensearch.action.ActionType;
import org.opensearch.action.support.ActionFilters;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.inject.Inject;
import org.opensearch.ralm.plugin.feed.FeedCache;
import org.opensearch.tasks.CancellableTask;
import org.opensearch.tasks.Task;
import org.opensearch.threadpool.ThreadPool;
import org.opensearch.transport.TransportService;

/** Has all nodes refresh a feed now, and waits until they have. */
public final class TransportRefreshFeedAction extends TransportFeedNodesAction {

    static final ActionType<FeedStatus> TYPE =
            new ActionType<>("cluster:admin/opensearch/ralm/feed/refresh", FeedStatus::new);

    private final RefreshService refresh;

    /** Made by the node. */
    @Inject
    public TransportRefreshFeedAction(
            ThreadPool threadPool,
            ClusterService clusterService,
            TransportService transportService,
            ActionFilters actionFilters,
            FeedCache feeds,
            RefreshService refresh) {
        super(
                TYPE.name(),
                RefreshService.THREAD_POOL,
                threadPool,
                clusterService,
                transportService,
                actionFilters,
                feeds);
        this.refresh = refresh;
    }

    @Override
    protected NodeShards nodeOperation(FeedNodesRequest.Node request, Task task) {
        try {
            CancellableTask cancellable = (CancellableTask) task;
            refresh.refresh(request.feed(), request.recluster(), cancellable::isCancelled);
            return refresh.status(request.feed());
        } catch (Exception e) {
            throw ExceptionsHelper.convertToRuntime(e);
        }
    }
}
