package org.opensearch.ralm.plugin.rollout;

import java.time.Instant;
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
import org.opensearch.ralm.plugin.feed.Feed;
import org.opensearch.ralm.plugin.feed.FeedCheck;
import org.opensearch.ralm.plugin.feed.FeedRights;
import org.opensearch.ralm.plugin.feed.FeedWriter;
import org.opensearch.ralm.plugin.feed.IndexMapping;
import org.opensearch.ralm.plugin.feed.Rollout;
import org.opensearch.ralm.plugin.model.ModelCache;
import org.opensearch.ralm.plugin.stats.RalmStats;
import org.opensearch.ralm.plugin.stats.Stat;
import org.opensearch.ralm.plugin.system.NamedRequest;
import org.opensearch.tasks.Task;
import org.opensearch.transport.TransportService;
import org.opensearch.transport.client.Client;

/** Has searches of a feed go by the model before again, at once. The caller must be allowed what one who puts the feed with
 * that model must be. */
public final class TransportRollbackAction extends HandledTransportAction<NamedRequest, RolloutResponse> {

    static final ActionType<RolloutResponse> TYPE =
            new ActionType<>("cluster:admin/opensearch/ralm/feed/rollback", RolloutResponse::new);

    private final FeedWriter writer;
    private final FeedCheck check;
    private final ModelCache models;
    private final ClusterService clusterService;
    private final FeedRights rights;
    private final RalmStats stats;

    /** Made by the node. */
    @Inject
    public TransportRollbackAction(
            TransportService transportService,
            ActionFilters actionFilters,
            FeedWriter writer,
            FeedCheck check,
            ModelCache models,
            ClusterService clusterService,
            Client client,
            RalmStats stats) {
        super(TYPE.name(), transportService, actionFilters, NamedRequest::new);
        this.writer = writer;
        this.check = check;
        this.models = models;
        this.clusterService = clusterService;
        this.rights = new FeedRights(client);
        this.stats = stats;
    }

    @Override
    protected void doExecute(Task task, NamedRequest request, ActionListener<RolloutResponse> listener) {
        ActionListener<Feed> changed = ActionListener.map(listener, feed -> {
            stats.count(Stat.ROLLBACKS);
            return new RolloutResponse(feed);
        });
        writer.read(request.name(), ActionListener.wrap(feed -> change(feed, changed), listener::onFailure));
    }

    private void change(Feed feed, ActionListener<Feed> listener) {
        Feed back = rolledBack(feed);
        StepListener<LookalikeModel> model = new StepListener<>();
        StepListener<Void> allowed = new StepListener<>();
        model.whenComplete(
                found -> {
                    requireFitting(back, found);
                    rights.check(back, metadata(), allowed);
                },
                e -> listener.onFailure(FeedCheck.withoutModel(back, e)));
        allowed.whenComplete(
                may -> writer.change(feed.name(), TransportRollbackAction::rolledBack, listener), listener::onFailure);
        models.get(back.model(), model);
    }

    private Metadata metadata() {
        return clusterService.state().metadata();
    }

    /** What was there when the models were changed may be gone by now. */
    private void requireFitting(Feed back, LookalikeModel model) {
        if (IndexMapping.exists(metadata(), back.users()) == false) {
            throw refusal(back, "its users index [" + back.users() + "] does not exist any more");
        }
        try {
            check.check(back, metadata(), model.dimension());
        } catch (IllegalArgumentException e) {
            throw refusal(back, e.getMessage() + "; _setup adds fields that are missing");
        }
    }

    private static OpenSearchStatusException refusal(Feed back, String why) {
        return new OpenSearchStatusException(
                "feed [{}] cannot go back to model [{}]: {}", RestStatus.CONFLICT, back.name(), back.model(), why);
    }

    private static Feed rolledBack(Feed feed) {
        Rollout rollout = feed.rollout();
        if (rollout == null || rollout.state() != Rollout.State.ACTIVE || feed.isTwofold() == false) {
            throw new OpenSearchStatusException(
                    "feed [{}] has nothing to go back to: {}",
                    RestStatus.CONFLICT,
                    feed.name(),
                    rollout == null
                            ? "its model was never changed by _activate"
                            : "its last rollout is [" + rollout.state() + "], and what is beside model [" + feed.model()
                                    + "] is [" + rollout.beside() + "]");
        }
        return feed.flipped(Rollout.State.ROLLED_BACK, Instant.now());
    }
}
