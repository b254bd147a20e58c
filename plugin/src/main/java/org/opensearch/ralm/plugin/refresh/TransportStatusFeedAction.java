package org.opensearch.ralm.plugin.refresh;

import org.opensearch.action.ActionType;
import org.opensearch.action.support.ActionFilters;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.inject.Inject;
import org.opensearch.ralm.plugin.feed.FeedCache;
import org.opensearch.tasks.Task;
import org.opensearch.threadpool.ThreadPool;
import org.opensearch.transport.TransportService;

/** Asks all nodes how far they are with a feed. */
public final class TransportStatusFeedAction extends TransportFeedNodesAction {

    static final ActionType<FeedStatus> TYPE =
            new ActionType<>("cluster:monitor/opensearch/ralm/feed/status", FeedStatus::new);

    private final RefreshService refresh;

    /** Made by the node. */
    @Inject
    public TransportStatusFeedAction(
            ThreadPool threadPool,
            ClusterService clusterService,
            TransportService transportService,
            ActionFilters actionFilters,
            FeedCache feeds,
            RefreshService refresh) {
        super(
                TYPE.name(),
                ThreadPool.Names.MANAGEMENT,
                threadPool,
                clusterService,
                transportService,
                actionFilters,
                feeds);
        this.refresh = refresh;
    }

    @Override
    protected NodeShards nodeOperation(FeedNodesRequest.Node request, Task task) {
        return refresh.status(request.feed());
    }
}
