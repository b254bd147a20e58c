package org.opensearch.ralm.plugin.score;

import org.opensearch.core.action.ActionListener;
import org.opensearch.ralm.plugin.feed.Feed;
import org.opensearch.ralm.plugin.feed.FeedCache;
import org.opensearch.ralm.plugin.feed.UserVectors;
import org.opensearch.ralm.plugin.model.ModelCache;
import org.opensearch.transport.client.Client;

/**
 * Finds what a request names: feed, model and the user's vector.
 *
 * <p>Feed and model come from the node's caches, which read them as the plugin; the vector is read as the user who
 * asks, who therefore needs the right to read the users index.
 */
final class CachedScoreResolver implements ScoreResolver {

    private final FeedCache feeds;
    private final ModelCache models;

    CachedScoreResolver(FeedCache feeds, ModelCache models) {
        this.feeds = feeds;
        this.models = models;
    }

    @Override
    public void resolve(ScoreRequest request, Client client, ActionListener<ScoreParameters> listener) {
        if (request.feed() == null) {
            models.get(
                    request.model(),
                    ActionListener.map(
                            listener,
                            model -> ScoreParameters.of(request, request.field(), request.userVector(), model)));
        } else {
            feeds.get(
                    request.feed(),
                    ActionListener.wrap(feed -> resolve(request, feed, client, listener), listener::onFailure));
        }
    }

    private void resolve(ScoreRequest request, Feed feed, Client client, ActionListener<ScoreParameters> listener) {
        models.get(
                feed.model(),
                ActionListener.wrap(
                        model -> UserVectors.get(
                                client,
                                feed,
                                request.userId(),
                                model.dimension(),
                                ActionListener.map(
                                        listener, user -> ScoreParameters.of(request, feed.field(), user, model))),
                        listener::onFailure));
    }
}
