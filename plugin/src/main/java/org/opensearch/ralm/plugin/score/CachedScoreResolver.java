package org.opensearch.ralm.plugin.score;

import java.util.Optional;
import org.opensearch.core.action.ActionListener;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.plugin.feed.Feed;
import org.opensearch.ralm.plugin.feed.FeedCache;
import org.opensearch.ralm.plugin.feed.MissingVectorException;
import org.opensearch.ralm.plugin.feed.UserVectors;
import org.opensearch.ralm.plugin.model.ModelCache;
import org.opensearch.ralm.plugin.stats.RalmStats;
import org.opensearch.ralm.plugin.stats.Stat;
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
    private final RalmStats stats;

    CachedScoreResolver(FeedCache feeds, ModelCache models, RalmStats stats) {
        this.feeds = feeds;
        this.models = models;
        this.stats = stats;
    }

    @Override
    public void resolve(ScoreRequest request, Client client, ActionListener<Optional<ScoreParameters>> listener) {
        if (request.feed() == null) {
            models.get(
                    request.model(),
                    ActionListener.map(
                            listener,
                            model -> Optional.of(
                                    ScoreParameters.of(request, request.field(), request.userVector(), model))));
        } else {
            feeds.get(
                    request.feed(),
                    ActionListener.wrap(
                            feed -> models.get(
                                    feed.model(),
                                    ActionListener.wrap(
                                            model -> resolve(request, feed, model, client, listener),
                                            listener::onFailure)),
                            listener::onFailure));
        }
    }

    private void resolve(
            ScoreRequest request,
            Feed feed,
            LookalikeModel model,
            Client client,
            ActionListener<Optional<ScoreParameters>> listener) {
        ActionListener<Optional<float[]>> found = ActionListener.map(
                listener, vector -> vector.map(user -> ScoreParameters.of(request, feed.field(), user, model)));
        UserVectors.get(
                client,
                feed,
                request.userId(),
                model.dimension(),
                ActionListener.wrap(
                        user -> found.onResponse(Optional.of(user)),
                        e -> ActionListener.completeWith(found, () -> instead(e, request.missingUser(), model))));
    }

    /** What to score by where a user has no vector; nothing if the query is to match nothing. */
    private Optional<float[]> instead(Exception failure, MissingUser missingUser, LookalikeModel model)
            throws Exception {
        if (failure instanceof MissingVectorException == false) {
            throw failure;
        }
        stats.count(Stat.MISSING_USERS);
        return switch (missingUser) {
            case ERROR -> throw failure;
            case EMPTY -> Optional.empty();
            case GLOBAL -> Optional.of(model.meanUser().orElseThrow(() -> withoutMeanUser(failure, model)));
        };
    }

    private static IllegalArgumentException withoutMeanUser(Exception failure, LookalikeModel model) {
        return new IllegalArgumentException(
                failure.getMessage() + ", and model [" + model.manifest().id()
                        + "] has no mean user, which [missing_user] [global] scores by",
                failure);
    }
}
