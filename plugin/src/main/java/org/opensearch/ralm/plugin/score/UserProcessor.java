package org.opensearch.ralm.plugin.score;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.support.GroupedActionListener;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.xcontent.NamedXContentRegistry;
import org.opensearch.ingest.ConfigurationUtils;
import org.opensearch.ralm.plugin.feed.Feed;
import org.opensearch.search.pipeline.AbstractProcessor;
import org.opensearch.search.pipeline.PipelineProcessingContext;
import org.opensearch.search.pipeline.Processor;
import org.opensearch.search.pipeline.SearchRequestProcessor;
import org.opensearch.transport.client.Client;

/**
 * The search request processor {@code ralm_user}: gives the scripts {@code ralm_score} of a request, which cannot look
 * anything up, the stored vector of the user they name by {@code user_id}, with field and model of its feed.
 *
 * <p>The vector is read as the user who searches. Immutable.
 */
final class UserProcessor extends AbstractProcessor implements SearchRequestProcessor {

    static final String TYPE = "ralm_user";

    private final String feed;
    private final Supplier<ScoreResolver> resolver;
    private final Client client;
    private final NamedXContentRegistry queries;

    private UserProcessor(String tag, String description, boolean ignoreFailure, String feed, Factory factory) {
        super(tag, description, ignoreFailure);
        this.feed = feed;
        this.resolver = factory.resolver;
        this.client = factory.client;
        this.queries = factory.queries;
    }

    @Override
    public String getType() {
        return TYPE;
    }

    @Override
    public SearchRequest processRequest(SearchRequest request) {
        throw new UnsupportedOperationException("[" + TYPE + "] waits for the vector of a user");
    }

    @Override
    public void processRequestAsync(
            SearchRequest request, PipelineProcessingContext context, ActionListener<SearchRequest> listener) {
        ActionListener.completeWith(
                ActionListener.wrap(scripts -> resolve(scripts, request, listener), listener::onFailure),
                () -> RequestScripts.of(request.source(), queries));
    }

    private void resolve(RequestScripts scripts, SearchRequest request, ActionListener<SearchRequest> listener)
            throws IOException {
        List<ScriptUser> users = scripts.users(feed);
        if (users.isEmpty()) {
            listener.onResponse(request);
            return;
        }
        GroupedActionListener<Void> all = new GroupedActionListener<>(
                ActionListener.map(listener, resolved -> {
                    scripts.writeTo(request.source());
                    return request;
                }),
                users.size());
        for (ScriptUser user : users) {
            resolver.get().resolve(user.request(), client, ActionListener.map(all, found -> {
                user.replaceBy(found.orElseThrow(UserProcessor::emptyHanded));
                return null;
            }));
        }
    }

    private static IllegalArgumentException emptyHanded() {
        return new IllegalArgumentException("[missing_user] of a [" + RalmScriptEngine.LANGUAGE
                + "] script must be one of [error, global], but is [empty]: a script cannot leave candidates out");
    }

    /** Makes the processors of pipelines. */
    record Factory(Supplier<ScoreResolver> resolver, Client client, NamedXContentRegistry queries)
            implements Processor.Factory<SearchRequestProcessor> {

        @Override
        public SearchRequestProcessor create(
                Map<String, Processor.Factory<SearchRequestProcessor>> others,
                String tag,
                String description,
                boolean ignoreFailure,
                Map<String, Object> config,
                Processor.PipelineContext pipelineContext) {
            String feed = Feed.requireName(ConfigurationUtils.readStringProperty(TYPE, tag, config, "feed"));
            return new UserProcessor(tag, description, ignoreFailure, feed, this);
        }
    }
}
