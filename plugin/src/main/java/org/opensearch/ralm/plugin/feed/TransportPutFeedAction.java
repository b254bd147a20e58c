package org.opensearch.ralm.plugin.feed;

import java.util.List;
import org.opensearch.OpenSearchStatusException;
import org.opensearch.action.ActionType;
import org.opensearch.action.StepListener;
import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.HandledTransportAction;
import org.opensearch.cluster.metadata.Metadata;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.inject.Inject;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.plugin.model.ModelCache;
import org.opensearch.ralm.plugin.system.WriteResponse;
import org.opensearch.ralm.plugin.system.WriteResponse.Result;
import org.opensearch.tasks.Task;
import org.opensearch.transport.TransportService;
import org.opensearch.transport.client.Client;

/** Checks a feed against its model, the caller's rights, the mappings of its indices and the other feeds, and stores it. */
public final class TransportPutFeedAction extends HandledTransportAction<PutFeedRequest, WriteResponse> {

    static final ActionType<WriteResponse> TYPE =
            new ActionType<>("cluster:admin/opensearch/ralm/feed/put", WriteResponse::new);

    private final FeedRegistry registry;
    private final ModelCache models;
    private final FeedWriter writer;
    private final ClusterService clusterService;
    private final FeedRights rights;
    private final FeedCheck check;

    /** Made by the node. */
    @Inject
    public TransportPutFeedAction(
            TransportService transportService,
            ActionFilters actionFilters,
            FeedRegistry registry,
            ModelCache models,
            FeedWriter writer,
            ClusterService clusterService,
            Client client,
            FeedCheck check) {
        super(TYPE.name(), transportService, actionFilters, PutFeedRequest::new);
        this.registry = registry;
        this.models = models;
        this.writer = writer;
        this.clusterService = clusterService;
        this.rights = new FeedRights(client);
        this.check = check;
    }

    @Override
    protected void doExecute(Task task, PutFeedRequest request, ActionListener<WriteResponse> listener) {
        Feed feed = request.feed();
        StepListener<LookalikeModel> model = new StepListener<>();
        StepListener<Void> allowed = new StepListener<>();
        StepListener<List<Feed>> present = new StepListener<>();
        model.whenComplete(
                found -> {
                    FeedCheck.requireContent(feed, found);
                    rights.check(feed, clusterService.state().metadata(), allowed);
                },
                e -> listener.onFailure(FeedCheck.withoutModel(feed, e)));
        allowed.whenComplete(may -> registry.list(present), listener::onFailure);
        present.whenComplete(
                all -> {
                    Metadata metadata = clusterService.state().metadata();
                    Feed placed = all.stream()
                            .filter(other -> other.name().equals(feed.name()))
                            .findFirst()
                            .map(feed::over)
                            .orElse(feed);
                    check.check(placed, metadata, model.result().dimension());
                    check.checkOthers(placed, all, metadata);
                    writer.update(
                            feed.name(),
                            other -> complete(feed, model.result(), other),
                            ActionListener.map(listener, written -> {
                                Result result = written.before() == null ? Result.CREATED : Result.UPDATED;
                                return new WriteResponse(feed.name(), result);
                            }));
                },
                listener::onFailure);
        models.get(feed.model(), model);
    }

    private static Feed complete(Feed feed, LookalikeModel model, Feed present) {
        Feed placed = present == null ? feed : feed.over(present);
        if (present != null && present.beside().isPresent() && placed.isOfSameParts(present) == false) {
            throw new OpenSearchStatusException(
                    "feed [{}] has blocks of model [{}] beside those of [{}], so its [candidates], [clicks], [users], "
                            + "[model] and [field] cannot change just now: change the model by _activate, or have what is "
                            + "beside taken away first, by DELETE of its [_rollout]",
                    RestStatus.CONFLICT,
                    feed.name(),
                    present.rollout().model(),
                    present.model());
        }
        SeedRules seeds = placed.seeds();
        return seeds.k() == 0
                ? placed.withSeeds(seeds.withClusters(model.manifest().clusters()))
                : placed;
    }
}
