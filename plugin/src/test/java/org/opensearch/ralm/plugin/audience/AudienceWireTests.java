package org.opensearch.ralm.plugin.audience;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.opensearch.action.support.PlainActionFuture;
import org.opensearch.common.settings.Settings;
import org.opensearch.core.common.io.stream.NamedWriteableRegistry;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.xcontent.NamedXContentRegistry;
import org.opensearch.index.query.BaseQueryRewriteContext;
import org.opensearch.index.query.QueryBuilder;
import org.opensearch.index.query.QueryBuilders;
import org.opensearch.index.query.QueryRewriteContext;
import org.opensearch.index.query.Rewriteable;
import org.opensearch.ralm.artifact.Calibration;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.cluster.Clusters;
import org.opensearch.ralm.kernel.AudienceParameters;
import org.opensearch.ralm.plugin.score.ScoreOutput;
import org.opensearch.ralm.plugin.stats.RalmStats;
import org.opensearch.ralm.plugin.system.FrozenWire;
import org.opensearch.ralm.plugin.system.PluginSwitch;
import org.opensearch.search.SearchModule;
import org.opensearch.test.OpenSearchTestCase;

public class AudienceWireTests extends OpenSearchTestCase {

    private static final SeedBlock BLOCK = new SeedBlock(
            0x0123456789abcdefL, new Clusters(2, new float[] {1, 0, 0, 1}, new int[] {3, 4}), new float[] {0.5f, 0.5f});

    private final NamedWriteableRegistry registry =
            new NamedWriteableRegistry(new SearchModule(Settings.EMPTY, List.of()).getNamedWriteables());
    private final FrozenWire wire = new FrozenWire(registry);
    private final Audiences audiences = audiences();

    private static Audiences audiences() {
        Audiences audiences = new Audiences(new RalmStats(), new PluginSwitch(Settings.EMPTY));
        AudienceParameters parameters = new AudienceParameters(BLOCK, new float[] {1, 2, 3, 4}, 0.1, 1, 0.3, 0.7);
        audiences.resolveBy((request, client, listener) -> listener.onResponse(new ResolvedAudience(
                "m1", parameters, new Calibration(4, -2), ScoreOutput.SIMILARITY, 0.25, List.of("u1", "u2"))));
        return audiences;
    }

    private RalmAudienceQueryBuilder query() {
        return new RalmAudienceQueryBuilder(
                        audiences,
                        AudienceRequest.of(
                                Map.of("feed", "news", "candidate", "a17", "exclude_seeds", true, "top_percent", 5)),
                        QueryBuilders.termQuery("country", "de"))
                .boost(2)
                .queryName("readers");
    }

    private QueryBuilder resolved(QueryBuilder query) {
        QueryRewriteContext context = new BaseQueryRewriteContext(NamedXContentRegistry.EMPTY, registry, null, () -> 0);
        PlainActionFuture<QueryBuilder> resolved = PlainActionFuture.newFuture();
        Rewriteable.rewriteAndFetch(query, context, resolved);
        return resolved.actionGet();
    }

    private RalmAudienceQueryBuilder read(StreamInput in) throws IOException {
        return new RalmAudienceQueryBuilder(in, audiences);
    }

    public void testQueriesAreThoseOfTheFirstWireVersion() throws Exception {
        assertEquals(query(), wire.check("ralm_audience", query(), this::read));
        RalmAudienceQueryBuilder resolved = (RalmAudienceQueryBuilder) resolved(query());
        assertEquals(resolved, wire.check("ralm_audience-resolved", resolved, this::read));
    }

    public void testQueriesWithoutAWireVersionAreRefused() {
        for (String name : List.of("ralm_audience", "ralm_audience-resolved")) {
            IllegalArgumentException e =
                    expectThrows(IllegalArgumentException.class, () -> wire.read("0/" + name, this::read));
            assertTrue(e.getMessage(), e.getMessage().contains("have the same build of the plugin on all nodes"));
        }
    }
}
