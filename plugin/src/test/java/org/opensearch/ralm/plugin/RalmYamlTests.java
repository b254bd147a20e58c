package org.opensearch.ralm.plugin;

import com.carrotsearch.randomizedtesting.annotations.Name;
import com.carrotsearch.randomizedtesting.annotations.ParametersFactory;
import java.util.List;
import org.junit.After;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.opensearch.cluster.ClusterName;
import org.opensearch.common.settings.Settings;
import org.opensearch.core.common.transport.TransportAddress;
import org.opensearch.env.Environment;
import org.opensearch.http.HttpServerTransport;
import org.opensearch.node.MockNode;
import org.opensearch.node.Node;
import org.opensearch.ralm.plugin.metrics.NodeMetrics;
import org.opensearch.ralm.plugin.refresh.RefreshService;
import org.opensearch.test.rest.yaml.ClientYamlTestCandidate;
import org.opensearch.test.rest.yaml.OpenSearchClientYamlSuiteTestCase;
import org.opensearch.transport.Netty4ModulePlugin;

/** The suites in rest-api-spec, against a node of this process. */
public class RalmYamlTests extends OpenSearchClientYamlSuiteTestCase {

    private static Node node;

    public RalmYamlTests(@Name("yaml") ClientYamlTestCandidate candidate) {
        super(candidate);
    }

    @ParametersFactory
    public static Iterable<Object[]> parameters() throws Exception {
        return createParameters();
    }

    @BeforeClass
    public static void startNode() throws Exception {
        Settings settings = Settings.builder()
                .put(Environment.PATH_HOME_SETTING.getKey(), createTempDir())
                .put(ClusterName.CLUSTER_NAME_SETTING.getKey(), "yaml")
                .put(Node.NODE_NAME_SETTING.getKey(), "yaml")
                .put("discovery.type", "single-node")
                .put("http.type", Netty4ModulePlugin.NETTY_HTTP_TRANSPORT_NAME)
                .put("http.port", "0")
                .put("transport.type", getTestTransportType())
                .put("transport.port", "0")
                .put("cluster.routing.allocation.disk.threshold_enabled", false)
                // Between tests indices vanish under the feeds; what the tasks would do then is no test's matter.
                .put(RefreshService.ENABLED.getKey(), false)
                .put(NodeMetrics.INTERVAL.getKey(), "1d")
                .put("indices.breaker.total.use_real_memory", false)
                .build();
        node = new MockNode(settings, List.of(RalmPlugin.class, Netty4ModulePlugin.class, getTestTransportPlugin()));
        node.start();
    }

    @AfterClass
    public static void stopNode() throws Exception {
        node.close();
        node = null;
    }

    /** The framework's own way trips over the warnings for system indices. */
    @After
    public void deleteIndices() {
        node.client().admin().indices().prepareDelete("*", ".plugins-ralm-*").get();
    }

    @Override
    protected boolean preserveIndicesUponCompletion() {
        return true;
    }

    @Override
    protected String getTestRestCluster() {
        TransportAddress address = node.injector()
                .getInstance(HttpServerTransport.class)
                .boundAddress()
                .publishAddress();
        return address.getAddress() + ":" + address.getPort();
    }
}
