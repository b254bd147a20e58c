package org.opensearch.ralm.plugin.audience;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.opensearch.common.compress.CompressedXContent;
import org.opensearch.common.io.stream.BytesStreamOutput;
import org.opensearch.common.settings.Settings;
import org.opensearch.core.common.ParsingException;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.index.mapper.MapperService;
import org.opensearch.index.query.BaseQueryRewriteContext;
import org.opensearch.index.query.MatchNoneQueryBuilder;
import org.opensearch.index.query.QueryBuilder;
import org.opensearch.index.query.QueryBuilders;
import org.opensearch.index.query.QueryRewriteContext;
import org.opensearch.index.query.QueryShardContext;
import org.opensearch.index.query.QueryShardException;
import org.opensearch.plugins.Plugin;
import org.opensearch.plugins.SearchPlugin;
import org.opensearch.ralm.artifact.LookalikeForm;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.plugin.TestModels;
import org.opensearch.ralm.plugin.stats.RalmStats;
import org.opensearch.ralm.plugin.system.PluginSwitch;
import org.opensearch.test.AbstractQueryTestCase;
import org.opensearch.test.TestGeoShapeFieldMapperPlugin;

public class RalmAudienceQueryBuilderTests extends AbstractQueryTestCase<RalmAudienceQueryBuilder> {

    private static final int DIMENSION = 4;
    private static final LookalikeModel MODEL =
            new LookalikeModel(TestModels.artifact("m1", DIMENSION, LookalikeForm.DEFAULT, new Random(1)));

    /** Brings the query with one model, and candidates that all have one block. */
    public static class AudiencePlugin extends Plugin implements SearchPlugin {

        @Override
        public List<QuerySpec<?>> getQueries() {
            return audiences().queries();
        }
    }

    private static Audiences audiences() {
        Audiences audiences = new Audiences(new RalmStats(), new PluginSwitch(Settings.EMPTY));
        audiences.resolveBy((request, client, listener) -> listener.onResponse(resolved(request)));
        return audiences;
    }

    private static ResolvedAudience resolved(AudienceRequest request) {
        return ResolvedAudience.of(
                request,
                MODEL.seedBlock(TestModels.clusters(3, DIMENSION, new Random(2))),
                MODEL,
                request.exposure() == null ? Double.NEGATIVE_INFINITY : 0.5,
                request.excludeSeeds() ? List.of("u1", "u2") : List.of());
    }

    @Override
    protected Collection<Class<? extends Plugin>> getPlugins() {
        return List.of(AudiencePlugin.class, TestGeoShapeFieldMapperPlugin.class);
    }

    @Override
    protected void initializeAdditionalMappings(MapperService mapperService) throws IOException {
        String mapping = "{\"properties\": {\"model\": {\"type\": \"keyword\"}, \"vector\": {\"type\": \"float\"}}}";
        mapperService.merge("_doc", new CompressedXContent(mapping), MapperService.MergeReason.MAPPING_UPDATE);
    }

    @Override
    protected RalmAudienceQueryBuilder doCreateTestQueryBuilder() {
        Map<String, Object> members = new HashMap<>(Map.of("feed", "news", "candidate", randomAlphaOfLength(5)));
        if (randomBoolean()) {
            members.put("routing", randomAlphaOfLength(5));
        }
        if (randomBoolean()) {
            members.put("exclude_seeds", randomBoolean());
        }
        if (randomBoolean()) {
            members.put("top_percent", randomDoubleBetween(0.1, 100, true));
        }
        if (randomBoolean()) {
            members.put("score", randomFrom("similarity", "probability"));
        }
        return builder(members, randomBoolean() ? null : QueryBuilders.termQuery(TEXT_FIELD_NAME, "x"));
    }

    private static RalmAudienceQueryBuilder builder(Map<String, Object> members, QueryBuilder query) {
        return new RalmAudienceQueryBuilder(audiences(), AudienceRequest.of(members), query);
    }

    private static RalmAudienceQueryBuilder ofCandidate(QueryBuilder query) {
        return builder(Map.of("feed", "news", "candidate", "a"), query);
    }

    @Override
    protected void doAssertLuceneQuery(RalmAudienceQueryBuilder builder, Query query, QueryShardContext context) {
        assertTrue(query.toString(), query instanceof RalmAudienceQuery);
        assertTrue(query.toString(), query.toString().contains("model: m1"));
    }

    @Override
    public void testUnknownObjectException() {
        ParsingException e = expectThrows(
                ParsingException.class,
                () -> parseQuery("{\"ralm_audience\": {\"feed\": \"news\", \"candidate\": {\"x\": 1}}}"));
        assertEquals("[candidate] of [ralm_audience] must be a single value", e.getMessage());
    }

    @Override
    public void testMustRewrite() throws IOException {
        IllegalStateException e = expectThrows(
                IllegalStateException.class, () -> ofCandidate(null).toQuery(createShardContext()));
        assertEquals("[ralm_audience] has no candidate yet; rewrite it first", e.getMessage());
    }

    public void testWaitingQueryIsNotSerialized() throws IOException {
        QueryRewriteContext context = coordinatorContext();
        QueryBuilder waiting = ofCandidate(null).rewrite(context);
        assertTrue(context.hasAsyncActions());
        expectThrows(IllegalStateException.class, () -> waiting.writeTo(new BytesStreamOutput()));
    }

    public void testQueryThatMatchesNothingIsRewrittenToNone() throws Exception {
        QueryBuilder rewritten = rewriteAndFetch(ofCandidate(new MatchNoneQueryBuilder()), createShardContext());
        assertTrue(rewritten instanceof MatchNoneQueryBuilder);
        AudienceRequest request = AudienceRequest.of(Map.of("feed", "f", "candidate", "a"));
        Query none = new RalmAudienceQuery(new MatchNoDocsQuery(), resolved(request), true, new RalmStats());
        assertTrue(none.rewrite(null) instanceof MatchNoDocsQuery);
    }

    public void testWhatShardsNeedIsTheSameAfterTheWire() throws Exception {
        for (Map<String, Object> more : List.<Map<String, Object>>of(
                Map.of(), Map.of("exclude_seeds", false), Map.of("top_percent", 3), Map.of("score", "probability"))) {
            Map<String, Object> members = new HashMap<>(Map.of("feed", "f", "candidate", "a"));
            members.putAll(more);
            ResolvedAudience resolved = resolved(AudienceRequest.of(members));
            BytesStreamOutput out = new BytesStreamOutput();
            resolved.writeTo(out);
            ResolvedAudience read = ResolvedAudience.read(out.bytes().streamInput());
            assertEquals(resolved, read);
            assertEquals(resolved.hashCode(), read.hashCode());
        }
    }

    public void testQueryThatWasStoredIsRefused() {
        IllegalArgumentException e = expectThrows(
                IllegalArgumentException.class, () -> ofCandidate(null).rewrite(createShardContext()));
        assertTrue(e.getMessage(), e.getMessage().contains("cannot be stored"));
    }

    public void testQueryIsAnExpensiveOne() throws Exception {
        QueryShardContext context = createShardContext();
        QueryBuilder builder = rewriteAndFetch(ofCandidate(null), context);
        QueryShardContext thrifty = new QueryShardContext(context) {
            @Override
            public boolean allowExpensiveQueries() {
                return false;
            }
        };
        QueryShardException e = expectThrows(QueryShardException.class, () -> builder.toQuery(thrifty));
        assertEquals(RestStatus.BAD_REQUEST, e.status());
    }

    /** What is stored, a shard rewrites; everything else is rewritten where a search begins, as here. */
    @Override
    protected QueryBuilder rewriteAndFetch(QueryBuilder builder, QueryRewriteContext context) {
        return super.rewriteAndFetch(super.rewriteAndFetch(builder, coordinatorContext()), context);
    }

    private QueryRewriteContext coordinatorContext() {
        return new BaseQueryRewriteContext(xContentRegistry(), namedWriteableRegistry(), null, () -> 0);
    }
}
