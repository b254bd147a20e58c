package org.opensearch.ralm.plugin.feed;

import java.util.List;
import org.opensearch.ResourceNotFoundException;
import org.opensearch.action.ActionType;
import org.opensearch.action.StepListener;
import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.HandledTransportAction;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.inject.Inject;
import org.opensearch.core.action.ActionListener;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.plugin.model.ModelCache;
import org.opensearch.ralm.plugin.system.CacheBroadcast;
import org.opensearch.ralm.plugin.system.WriteResponse;
import org.opensearch.tasks.Task;
import org.opensearch.transport.TransportService;
import org.opensearch.transport.client.Client;

/** Checks a feed against its model, the caller's rights, the mappings of its indices and the other feeds, and stores it. */
public final class TransportPutFeedAction extends HandledTransportAction<PutFeedRequest, WriteResponse> {

    static final ActionType<WriteResponse> TYPE =
            new ActionType<>("cluster:admin/opensearch/ralm/feed/put", WriteResponse::new);

    private final FeedRegistry registry;
    private final ModelCache models;
    private final CacheBroadcast broadcast;
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
            CacheBroadcast broadcast,
            ClusterService clusterService,
            Client client,
            FeedCheck check) {
        super(TYPE.name(), transportService, actionFilters, PutFeedRequest::new);
        this.registry = registry;
        this.models = models;
        this.broadcast = broadcast;
        this.clusterService = clusterService;
        this.rights = new FeedRights(client);
        this.check = check;
    }

    @Override
    protected void doExecute(Task task, PutFeedRequest request, ActionListener<WriteResponse> listener) {
        Feed feed = request.feed();
        StepListener<LookalikeModel> model = new StepListener<>();
        StepListener<Void> allowed = new StepListener<>();
        StepListener<List<Feed>> others = new StepListener<>();
        model.whenComplete(
                found -> {
                    requireContent(feed, found);
                    rights.check(feed, clusterService.state().metadata(), allowed);
                },
                e -> listener.onFailure(withoutModel(feed, e)));
        allowed.whenComplete(
                may -> {
                    check.check(
                            feed,
                            clusterService.state().metadata(),
                            model.result().dimension());
                    registry.list(others);
                },
                listener::onFailure);
        others.whenComplete(
                all -> {
                    check.checkOthers(feed, all, clusterService.state().metadata());
                    registry.put(
                            complete(feed, model.result()),
                            broadcast.thenAnswer(FeedCache.NAME, feed.name(), listener));
                },
                listener::onFailure);
        models.get(feed.model(), model);
    }

    private static Exception withoutModel(Feed feed, Exception e) {
        return e instanceof ResourceNotFoundException
                ? new IllegalArgumentException(
                        "[model] names model [" + feed.model() + "], which does not exist; upload it first", e)
                : e;
    }

    private static void requireContent(Feed feed, LookalikeModel model) {
        List<String> asked = feed.seeds().contentFields();
        if (asked.isEmpty()) {
            return;
        }
        List<String> known = model.content()
                .orElseThrow(() -> new IllegalArgumentException(
                        "[content_fields] needs a model with a content model, but [" + feed.model() + "] has none"))
                .form()
                .fields();
        for (String field : asked) {
            if (known.contains(field) == false) {
                throw new IllegalArgumentException("[content_fields] names [" + field + "], but the content model of ["
                        + feed.model() + "] knows " + known);
            }
        }
    }

    private static Feed complete(Feed feed, LookalikeModel model) {
        SeedRules seeds = feed.seeds();
        return seeds.k() == 0
                ? feed.withSeeds(seeds.withClusters(model.manifest().clusters()))
                : feed;
    }
}
