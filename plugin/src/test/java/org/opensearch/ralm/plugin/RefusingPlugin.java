package org.opensearch.ralm.plugin;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.opensearch.OpenSearchSecurityException;
import org.opensearch.action.ActionRequest;
import org.opensearch.action.IndicesRequest;
import org.opensearch.action.support.ActionFilter;
import org.opensearch.action.support.ActionFilterChain;
import org.opensearch.action.support.ActionRequestMetadata;
import org.opensearch.cluster.metadata.IndexNameExpressionResolver;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.util.concurrent.ThreadContext;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.action.ActionResponse;
import org.opensearch.core.common.io.stream.NamedWriteableRegistry;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.core.xcontent.NamedXContentRegistry;
import org.opensearch.env.Environment;
import org.opensearch.env.NodeEnvironment;
import org.opensearch.plugins.ActionPlugin;
import org.opensearch.plugins.Plugin;
import org.opensearch.repositories.RepositoriesService;
import org.opensearch.rest.RestHeaderDefinition;
import org.opensearch.script.ScriptService;
import org.opensearch.tasks.Task;
import org.opensearch.threadpool.ThreadPool;
import org.opensearch.transport.client.Client;
import org.opensearch.watcher.ResourceWatcherService;

/**
 * Refuses, as a security plugin would, what a caller says they must not do: the header {@code refuse} holds the name of
 * an action and, after an {@code @}, that of an index.
 */
public final class RefusingPlugin extends Plugin implements ActionPlugin {

    /** What the caller must not do. */
    public static final String HEADER = "refuse";

    private ThreadContext context;

    @Override
    public Collection<RestHeaderDefinition> getRestHeaders() {
        return List.of(new RestHeaderDefinition(HEADER, false));
    }

    @Override
    public Collection<Object> createComponents(
            Client client,
            ClusterService clusterService,
            ThreadPool threadPool,
            ResourceWatcherService resourceWatcherService,
            ScriptService scriptService,
            NamedXContentRegistry xContentRegistry,
            Environment environment,
            NodeEnvironment nodeEnvironment,
            NamedWriteableRegistry namedWriteableRegistry,
            IndexNameExpressionResolver indexNameExpressionResolver,
            Supplier<RepositoriesService> repositoriesServiceSupplier) {
        context = threadPool.getThreadContext();
        return List.of();
    }

    @Override
    public List<ActionFilter> getActionFilters() {
        return List.of(new Refusing());
    }

    private final class Refusing implements ActionFilter {

        @Override
        public int order() {
            return 0;
        }

        @Override
        public <Q extends ActionRequest, R extends ActionResponse> void apply(
                Task task,
                String action,
                Q request,
                ActionRequestMetadata<Q, R> metadata,
                ActionListener<R> listener,
                ActionFilterChain<Q, R> chain) {
            String refused = context.getHeader(HEADER);
            boolean isRefused = request instanceof IndicesRequest of
                    && of.indices() != null
                    && Arrays.stream(of.indices()).anyMatch(index -> (action + "@" + index).equals(refused));
            if (isRefused) {
                listener.onFailure(
                        new OpenSearchSecurityException("no permissions for [{}]", RestStatus.FORBIDDEN, refused));
            } else {
                chain.proceed(task, action, request, listener);
            }
        }
    }
}
