package org.opensearch.ralm.plugin.rollout;

import java.time.Instant;
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
import org.opensearch.ralm.plugin.exposure.SampleSearch;
import org.opensearch.ralm.plugin.feed.Feed;
import org.opensearch.ralm.plugin.feed.FeedCache;
import org.opensearch.ralm.plugin.feed.FeedCheck;
import org.opensearch.ralm.plugin.feed.FeedRights;
import org.opensearch.ralm.plugin.feed.FeedWriter;
import org.opensearch.ralm.plugin.feed.IndexMapping;
import org.opensearch.ralm.plugin.feed.UserVectors;
import org.opensearch.ralm.plugin.model.ModelCache;
import org.opensearch.ralm.plugin.setup.SlotSetup;
import org.opensearch.tasks.Task;
import org.opensearch.transport.TransportService;
import org.opensearch.transport.client.Client;

/**
 * Begins to prepare another model for a feed. The caller must be allowed what one who puts the feed with that model must
 * be, which is tried before anything is changed, and adds the fields that are missing as himself.
 */
public final class TransportActivateAction extends HandledTransportAction<ActivateRequest, RolloutResponse> {

    static final ActionType<RolloutResponse> TYPE =
            new ActionType<>("cluster:admin/opensearch/ralm/feed/activate", RolloutResponse::new);

    /** Among so many users one must have a vector that fits. */
    private static final int LOOKED_AT = 100;

    private final FeedWriter writer;
    private final FeedCache feeds;
    private final FeedCheck check;
    private final ModelCache models;
    private final ClusterService clusterService;
    private final Client client;
    private final FeedRights rights;
    private final SlotSetup setup;

    /** Made by the node. */
    @Inject
    public TransportActivateAction(
            TransportService transportService,
            ActionFilters actionFilters,
            FeedWriter writer,
            FeedCache feeds,
            FeedCheck check,
            ModelCache models,
            ClusterService clusterService,
            Client client) {
        super(TYPE.name(), transportService, actionFilters, ActivateRequest::new);
        this.writer = writer;
        this.feeds = feeds;
        this.check = check;
        this.models = models;
        this.clusterService = clusterService;
        this.client = client;
        this.rights = new FeedRights(client);
        this.setup = new SlotSetup(client, this::metadata);
    }

    private Metadata metadata() {
        return clusterService.state().metadata();
    }

    @Override
    protected void doExecute(Task task, ActivateRequest request, ActionListener<RolloutResponse> listener) {
        writer.read(
                request.feed(),
                ActionListener.wrap(
                        feed -> new Activation(feed, staged(feed, request), request, listener).run(),
                        listener::onFailure));
    }

    /** The feed as it would be in the slot that the model is prepared in. */
    private static Feed staged(Feed feed, ActivateRequest request) {
        return preparing(feed, request).beside().orElseThrow();
    }

    private static Feed preparing(Feed feed, ActivateRequest request) {
        if (feed.isPreparing()) {
            throw new OpenSearchStatusException(
                    "feed [{}] is being prepared for model [{}] already; wait for it, or cancel it by DELETE of its "
                            + "[_rollout]",
                    RestStatus.CONFLICT,
                    feed.name(),
                    feed.rollout().model());
        }
        if (feed.model().equals(request.model()) && feed.users().equals(request.users())) {
            throw new IllegalArgumentException("[model] [" + feed.model() + "] with [users] [" + feed.users()
                    + "] is what searches of feed [" + feed.name() + "] go by already, expected another");
        }
        return feed.preparing(request.model(), request.users(), Instant.now());
    }

    /** The steps, each on the thread that answers the one before. */
    private final class Activation {

        private final Feed serving;
        private final Feed staged;
        private final ActivateRequest request;
        private final ActionListener<RolloutResponse> listener;

        Activation(Feed serving, Feed staged, ActivateRequest request, ActionListener<RolloutResponse> listener) {
            this.serving = serving;
            this.staged = staged;
            this.request = request;
            this.listener = listener;
        }

        void run() {
            StepListener<LookalikeModel> model = new StepListener<>();
            StepListener<Void> allowed = new StepListener<>();
            StepListener<SampleSearch.Drawn> sample = new StepListener<>();
            StepListener<Void> enough = new StepListener<>();
            StepListener<List<Feed>> others = new StepListener<>();
            StepListener<Void> mapped = new StepListener<>();
            model.whenComplete(
                    found -> {
                        FeedCheck.requireContent(staged, found);
                        requireUsers();
                        rights.check(staged, metadata(), allowed);
                    },
                    e -> listener.onFailure(FeedCheck.withoutModel(staged, e)));
            allowed.whenComplete(
                    may -> SampleSearch.draw(client, staged, model.result().dimension(), LOOKED_AT, sample),
                    listener::onFailure);
            sample.whenComplete(
                    drawn -> {
                        requireVector(drawn.vectors(), model.result());
                        requireEnoughUsers(enough);
                    },
                    listener::onFailure);
            enough.whenComplete(are -> feeds.list(others), listener::onFailure);
            others.whenComplete(
                    all -> {
                        check.checkOthers(staged, all, metadata());
                        setup.run(staged, model.result().dimension(), mapped);
                    },
                    listener::onFailure);
            mapped.whenComplete(
                    done -> {
                        check.check(staged, metadata(), model.result().dimension());
                        writer.change(
                                staged.name(),
                                feed -> preparing(feed, request),
                                ActionListener.map(listener, RolloutResponse::new));
                    },
                    listener::onFailure);
            models.get(staged.model(), model);
        }

        private void requireUsers() {
            if (IndexMapping.exists(metadata(), staged.users()) == false) {
                throw new IllegalArgumentException("[users] names index [" + staged.users()
                        + "], which does not exist; publish the vectors of model [" + staged.model() + "] first");
            }
        }

        /** Else most seeds would be unknown, and candidates cold, because somebody forgot to publish users. */
        private void requireEnoughUsers(ActionListener<Void> listener) {
            if (request.withFewerUsers()) {
                listener.onResponse(null);
                return;
            }
            StepListener<Long> now = new StepListener<>();
            UserVectors.count(client, serving, now);
            now.whenComplete(
                    before -> UserVectors.count(client, staged, ActionListener.map(listener, after -> {
                        requireHalf(before, after);
                        return null;
                    })),
                    listener::onFailure);
        }

        private void requireHalf(long before, long after) {
            if (after < before - after) {
                throw new IllegalArgumentException("[users] names index [" + staged.users() + "], which has " + after
                        + " vectors of model [" + staged.model() + "], expected at least half of the " + before
                        + " in [" + serving.users() + "]; publish the others, or give [with_fewer_users] true");
            }
        }

        private void requireVector(List<float[]> vectors, LookalikeModel model) {
            if (vectors.isEmpty()) {
                throw new IllegalArgumentException("[users] names index [" + staged.users()
                        + "], which has no vector of model [" + staged.model()
                        + "], expected documents with [model], a keyword, and a "
                        + "[vector] of dimension " + model.dimension());
            }
        }
    }
}
