package org.opensearch.ralm.plugin.score;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
import org.opensearch.ralm.plugin.exposure.ExposureRule;
import org.opensearch.ralm.plugin.stats.RalmStats;
import org.opensearch.ralm.plugin.system.FrozenWire;
import org.opensearch.ralm.plugin.system.PluginSwitch;
import org.opensearch.search.SearchModule;
import org.opensearch.test.OpenSearchTestCase;

public class ScoreWireTests extends OpenSearchTestCase {

    private static final ScoreParameters PARAMETERS = new ScoreParameters(
            "ralm.seeds",
            "m1",
            0x0123456789abcdefL,
            new float[] {0.5f, -0.5f, 0.25f},
            new float[] {1, 2, 3},
            0.3,
            0.7,
            0.1,
            1,
            new Calibration(4, -2),
            ScoreOutput.SIMILARITY,
            new Popularity("ralm.clicks_1h", 0.5),
            new ExposureRule(5));

    private final NamedWriteableRegistry registry =
            new NamedWriteableRegistry(new SearchModule(Settings.EMPTY, List.of()).getNamedWriteables());
    private final FrozenWire wire = new FrozenWire(registry);
    private final Scoring scoring = scoring();

    private static Scoring scoring() {
        Scoring scoring = new Scoring(new RalmStats(), new PluginSwitch(Settings.EMPTY));
        scoring.resolveBy((request, client, listener) -> listener.onResponse(Optional.of(PARAMETERS)));
        return scoring;
    }

    private RalmScoreQueryBuilder ofUser() {
        return new RalmScoreQueryBuilder(
                scoring,
                ScoreRequest.of(Map.of("feed", "news", "user_id", "u1", "missing_user", "empty")),
                null,
                false,
                null);
    }

    private RalmScoreQueryBuilder ofVector() {
        Map<String, Object> members = Map.of(
                "field",
                "ralm.seeds",
                "model",
                "m1",
                "user_vector",
                List.of(0.5f, -0.5f, 0.25f),
                "alpha",
                0.25,
                "beta",
                0.75,
                "score",
                "probability");
        return new RalmScoreQueryBuilder(
                        scoring, ScoreRequest.of(members), QueryBuilders.termQuery("lang", "en"), true, new Recall(200))
                .boost(2)
                .queryName("alike");
    }

    private QueryBuilder resolved(QueryBuilder query) {
        QueryRewriteContext context = new BaseQueryRewriteContext(NamedXContentRegistry.EMPTY, registry, null, () -> 0);
        PlainActionFuture<QueryBuilder> resolved = PlainActionFuture.newFuture();
        Rewriteable.rewriteAndFetch(query, context, resolved);
        return resolved.actionGet();
    }

    private RalmScoreQueryBuilder read(StreamInput in) throws IOException {
        return new RalmScoreQueryBuilder(in, scoring);
    }

    public void testQueriesAreThoseOfTheFirstWireVersion() throws Exception {
        assertEquals(ofUser(), wire.check("ralm_score-user", ofUser(), this::read));
        assertEquals(ofVector(), wire.check("ralm_score-vector", ofVector(), this::read));
        RalmScoreQueryBuilder resolved = (RalmScoreQueryBuilder) resolved(ofVector());
        assertEquals(resolved, wire.check("ralm_score-resolved", resolved, this::read));
    }

    public void testTheLogsRequestIsThatOfTheFirstWireVersion() throws Exception {
        ScoreLogBuilder log = new ScoreLogBuilder(Set.of("alike"));
        assertEquals(log, wire.check("ralm_log", log, ScoreLogBuilder::new));
    }

    public void testQueriesWithoutAWireVersionAreRefused() {
        for (String name : List.of("ralm_score-user", "ralm_score-vector", "ralm_score-resolved")) {
            IllegalArgumentException e =
                    expectThrows(IllegalArgumentException.class, () -> wire.read("0/" + name, this::read));
            assertTrue(e.getMessage(), e.getMessage().contains("have the same build of the plugin on all nodes"));
        }
    }
}
