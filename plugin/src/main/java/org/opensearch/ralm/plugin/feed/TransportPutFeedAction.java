package org.opensearch.ralm.plugin.feed;

import org.opensearch.ResourceNotFoundException;
import org.opensearch.action.ActionType;
import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.HandledTransportAction;
import org.opensearch.cluster.metadata.Metadata;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.inject.Inject;
import org.opensearch.core.action.ActionListener;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.plugin.model.ModelCache;
import org.opensearch.ralm.plugin.system.CacheBroadcast;
import org.opensearch.ralm.plugin.system.WriteResponse;
import org.opensearch.tasks.Task;
import org.opensearch.transport.TransportService;

/** Checks a feed against its model and its candidates' mapping, and stores it. */
public final class TransportPutFeedAction extends HandledTransportAction<PutFeedRequest, WriteResponse> {

    static final ActionType<WriteResponse> TYPE =
            new ActionType<>("cluster:admin/opensearch/ralm/feed/put", WriteResponse::new);

    private final FeedRegistry registry;
    private final ModelCache models;
    private final CacheBroadcast broadcast;
    private final ClusterService clusterService;

    /** Made by the node. */
    @Inject
    public TransportPutFeedAction(
            TransportService transportService,
            ActionFilters actionFilters,
            FeedRegistry registry,
            ModelCache models,
            CacheBroadcast broadcast,
            ClusterService clusterService) {
        super(TYPE.name(), transportService, actionFilters, PutFeedRequest::new);
        this.registry = registry;
        this.models = models;
        this.broadcast = broadcast;
        this.clusterService = clusterService;
    }

    @Override
    protected void doExecute(Task task, PutFeedRequest request, ActionListener<WriteResponse> listener) {
        Feed feed = request.feed();
        ActionListener<WriteResponse> afterBroadcast = broadcast.thenAnswer(FeedCache.NAME, feed.name(), listener);
        models.get(
                feed.model(),
                ActionListener.wrap(
                        model -> registry.put(complete(feed, model), afterBroadcast),
                        e -> listener.onFailure(
                                e instanceof ResourceNotFoundException
                                        ? new IllegalArgumentException(
                                                "[model] names model [" + feed.model()
                                                        + "], which does not exist; upload it first",
                                                e)
                                        : e)));
    }

    private Feed complete(Feed feed, LookalikeModel model) {
        Metadata metadata = clusterService.state().metadata();
        if (IndexMapping.exists(metadata, feed.candidates())) {
            int dimension = SeedField.dimension(metadata, feed.candidates(), feed.field());
            if (dimension != model.dimension()) {
                throw new IllegalArgumentException("field [" + feed.field() + "] of [" + feed.candidates()
                        + "] has dimension " + dimension + ", but model [" + feed.model() + "] has dimension "
                        + model.dimension());
            }
        }
        SeedRules seeds = feed.seeds();
        return seeds.k() == 0
                ? feed.withSeeds(seeds.withClusters(model.manifest().clusters()))
                : feed;
    }
}
