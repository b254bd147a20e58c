package org.opensearch.ralm.plugin.rollout;

import java.time.Instant;
import org.opensearch.OpenSearchStatusException;
import org.opensearch.action.ActionType;
import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.HandledTransportAction;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.inject.Inject;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.ralm.plugin.feed.Feed;
import org.opensearch.ralm.plugin.feed.FeedRights;
import org.opensearch.ralm.plugin.feed.FeedWriter;
import org.opensearch.ralm.plugin.feed.Rollout;
import org.opensearch.ralm.plugin.system.NamedRequest;
import org.opensearch.tasks.Task;
import org.opensearch.transport.TransportService;
import org.opensearch.transport.client.Client;

/** Gives up what is beside the model that searches go by: cancels its preparation, or gives up the way back. What is in that
 * slot is taken away then. */
public final class TransportCancelRolloutAction extends HandledTransportAction<NamedRequest, RolloutResponse> {

    static final ActionType<RolloutResponse> TYPE =
            new ActionType<>("cluster:admin/opensearch/ralm/feed/rollout/cancel", RolloutResponse::new);

    private final FeedWriter writer;
    private final ClusterService clusterService;
    private final FeedRights rights;

    /** Made by the node. */
    @Inject
    public TransportCancelRolloutAction(
            TransportService transportService,
            ActionFilters actionFilters,
            FeedWriter writer,
            ClusterService clusterService,
            Client client) {
        super(TYPE.name(), transportService, actionFilters, NamedRequest::new);
        this.writer = writer;
        this.clusterService = clusterService;
        this.rights = new FeedRights(client);
    }

    @Override
    protected void doExecute(Task task, NamedRequest request, ActionListener<RolloutResponse> listener) {
        ActionListener<Feed> changed = ActionListener.map(listener, RolloutResponse::new);
        writer.read(request.name(), ActionListener.wrap(feed -> change(feed, changed), listener::onFailure));
    }

    private void change(Feed feed, ActionListener<Feed> listener) {
        cancelled(feed);
        rights.check(
                feed,
                clusterService.state().metadata(),
                ActionListener.wrap(
                        may -> writer.change(feed.name(), TransportCancelRolloutAction::cancelled, listener),
                        listener::onFailure));
    }

    private static Feed cancelled(Feed feed) {
        if (feed.isTwofold() == false) {
            throw new OpenSearchStatusException(
                    "feed [{}] has no model beside [{}] that could be given up",
                    RestStatus.CONFLICT,
                    feed.name(),
                    feed.model());
        }
        Rollout pruning = feed.rollout().with(Rollout.Beside.PRUNING);
        return feed.with(feed.isPreparing() ? pruning.in(Rollout.State.CANCELLED, Instant.now()) : pruning);
    }
}
