package org.opensearch.ralm.plugin.setup;

import org.opensearch.action.ActionType;
import org.opensearch.action.StepListener;
import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.HandledTransportAction;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.inject.Inject;
import org.opensearch.core.action.ActionListener;
import org.opensearch.ralm.plugin.feed.Feed;
import org.opensearch.ralm.plugin.feed.FeedCache;
import org.opensearch.ralm.plugin.model.ModelCache;
import org.opensearch.tasks.Task;
import org.opensearch.transport.TransportService;
import org.opensearch.transport.client.Client;

/** Makes what a feed lacks, as the user who asks for it. */
public final class TransportSetupFeedAction extends HandledTransportAction<SetupFeedRequest, SetupFeedResponse> {

    static final ActionType<SetupFeedResponse> TYPE =
            new ActionType<>("cluster:admin/opensearch/ralm/feed/setup", SetupFeedResponse::new);

    private final Client client;
    private final ClusterService clusterService;
    private final FeedCache feeds;
    private final ModelCache models;

    /** Made by the node. */
    @Inject
    public TransportSetupFeedAction(
            TransportService transportService,
            ActionFilters actionFilters,
            Client client,
            ClusterService clusterService,
            FeedCache feeds,
            ModelCache models) {
        super(TYPE.name(), transportService, actionFilters, SetupFeedRequest::new);
        this.client = client;
        this.clusterService = clusterService;
        this.feeds = feeds;
        this.models = models;
    }

    @Override
    protected void doExecute(Task task, SetupFeedRequest request, ActionListener<SetupFeedResponse> listener) {
        StepListener<Feed> feed = new StepListener<>();
        StepListener<FeedNeeds> needs = new StepListener<>();
        feed.whenComplete(found -> needs(found, request, needs), listener::onFailure);
        needs.whenComplete(
                found -> {
                    requireIngestNodes();
                    new FeedSetup(client, () -> clusterService.state().metadata(), found).run(listener);
                },
                listener::onFailure);
        feeds.get(request.feed(), feed);
    }

    /** Also those of the slot beside, while both are kept: without its fields there would be no way back. */
    private void needs(Feed feed, SetupFeedRequest request, ActionListener<FeedNeeds> listener) {
        StepListener<FeedNeeds> serving = new StepListener<>();
        serving.whenComplete(
                needs -> {
                    if (feed.isTwofold()) {
                        needsOfSlot(feed.beside().orElseThrow(), request, ActionListener.map(listener, needs::with));
                    } else {
                        listener.onResponse(needs);
                    }
                },
                listener::onFailure);
        needsOfSlot(feed, request, serving);
    }

    private void needsOfSlot(Feed feed, SetupFeedRequest request, ActionListener<FeedNeeds> listener) {
        models.get(
                feed.model(), ActionListener.map(listener, model -> new FeedNeeds(feed, model.dimension(), request)));
    }

    /** OpenSearch itself answers with a fault of the server. */
    private void requireIngestNodes() {
        if (clusterService.state().nodes().getIngestNodes().isEmpty()) {
            throw new IllegalArgumentException(
                    "a feed needs pipelines, but no node of the cluster has the role [ingest] that runs them");
        }
    }
}
