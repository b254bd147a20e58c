package org.opensearch.ralm.plugin.system;

import org.opensearch.ResourceAlreadyExistsException;
import org.opensearch.action.ActionRequest;
import org.opensearch.action.ActionType;
import org.opensearch.action.support.PlainActionFuture;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.action.ActionResponse;
import org.opensearch.ralm.plugin.metrics.NodeMetrics;
import org.opensearch.test.ClusterServiceUtils;
import org.opensearch.test.OpenSearchTestCase;
import org.opensearch.test.client.NoOpClient;
import org.opensearch.threadpool.TestThreadPool;
import org.opensearch.threadpool.ThreadPool;
import org.opensearch.transport.RemoteTransportException;

public class PluginIndexTests extends OpenSearchTestCase {

    /** The cluster's manager is another node, and somebody else was faster. */
    public void testAnIndexThatSomebodyElseHasMadeMeanwhileIsThere() {
        ThreadPool threads = new TestThreadPool(getTestName());
        try (ClusterService cluster = ClusterServiceUtils.createClusterService(threads);
                NoOpClient client = new NoOpClient(threads) {
                    @Override
                    protected <Request extends ActionRequest, Response extends ActionResponse> void doExecute(
                            ActionType<Response> action, Request request, ActionListener<Response> listener) {
                        listener.onFailure(
                                new RemoteTransportException("manager", new ResourceAlreadyExistsException("index")));
                    }
                }) {
            PlainActionFuture<Void> made = new PlainActionFuture<>();
            new PluginIndex("index", true, NodeMetrics.class, client, cluster).ensureExists(made);
            assertNull(made.actionGet());
        } finally {
            terminate(threads);
        }
    }
}
