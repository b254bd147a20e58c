package org.opensearch.ralm.plugin.stats;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.opensearch.core.common.Strings;
import org.opensearch.rest.BaseRestHandler;
import org.opensearch.rest.RestRequest;
import org.opensearch.rest.RestRequest.Method;
import org.opensearch.rest.action.RestActions.NodesResponseRestListener;
import org.opensearch.transport.client.node.NodeClient;

/** {@code GET /_plugins/_ralm/stats[/{stat}]} of all nodes, or of those named in {@code node_id}. */
final class RestStatsAction extends BaseRestHandler {

    private static final String BASE = "/_plugins/_ralm/stats";

    @Override
    public String getName() {
        return "ralm_stats_action";
    }

    @Override
    public List<Route> routes() {
        return List.of(new Route(Method.GET, BASE), new Route(Method.GET, BASE + "/{" + StatsResponse.STAT + "}"));
    }

    @Override
    protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) {
        for (String name : request.paramAsStringArray(StatsResponse.STAT, Strings.EMPTY_ARRAY)) {
            if (Arrays.stream(Stat.values()).noneMatch(stat -> stat.toString().equals(name))) {
                throw new IllegalArgumentException(
                        "unknown statistic [" + name + "], expected any of " + Arrays.toString(Stat.values()));
            }
        }
        StatsRequest stats = new StatsRequest(request.paramAsStringArray("node_id", Strings.EMPTY_ARRAY));
        return channel -> client.execute(TransportStatsAction.TYPE, stats, new NodesResponseRestListener<>(channel));
    }

    @Override
    protected Set<String> responseParams() {
        return Set.of(StatsResponse.STAT);
    }
}
