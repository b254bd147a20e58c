package org.opensearch.ralm.plugin.score;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.join.ScoreMode;
import org.opensearch.common.compress.CompressedXContent;
import org.opensearch.common.io.stream.BytesStreamOutput;
import org.opensearch.common.settings.Settings;
import org.opensearch.core.common.ParsingException;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.index.mapper.Mapper;
import org.opensearch.index.mapper.MapperService;
import org.opensearch.index.query.BaseQueryRewriteContext;
import org.opensearch.index.query.MatchNoneQueryBuilder;
import org.opensearch.index.query.QueryBuilder;
import org.opensearch.index.query.QueryBuilderVisitor;
import org.opensearch.index.query.QueryBuilders;
import org.opensearch.index.query.QueryRewriteContext;
import org.opensearch.index.query.QueryShardContext;
import org.opensearch.index.query.QueryShardException;
import org.opensearch.plugins.MapperPlugin;
import org.opensearch.plugins.Plugin;
import org.opensearch.plugins.SearchPlugin;
import org.opensearch.ralm.artifact.LookalikeForm;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.plugin.TestModels;
import org.opensearch.ralm.plugin.seeds.SeedsApi;
import org.opensearch.ralm.plugin.stats.RalmStats;
import org.opensearch.ralm.plugin.system.PluginSwitch;
import org.opensearch.script.Script;
import org.opensearch.search.deciders.ConcurrentSearchDecision.DecisionStatus;
import org.opensearch.test.AbstractQueryTestCase;
import org.opensearch.test.TestGeoShapeFieldMapperPlugin;
import org.opensearch.test.VersionUtils;

public class RalmScoreQueryBuilderTests extends AbstractQueryTestCase<RalmScoreQueryBuilder> {

    private static final int DIMENSION = 4;
    private static final LookalikeModel MODEL =
            new LookalikeModel(TestModels.artifact("m1", DIMENSION, LookalikeForm.DEFAULT, new Random(1)));
    private static final float[] USER = TestModels.unitVector(DIMENSION, new Random(2));

    private static final String UNKNOWN = "a user whose queries match nothing";

    /** Brings the query with one model, and users who all have one vector, but for one. */
    public static class ScoringPlugin extends Plugin implements SearchPlugin, MapperPlugin {

        private final Scoring scoring = scoring();

        @Override
        public List<QuerySpec<?>> getQueries() {
            return scoring.queries();
        }

        @Override
        public Map<String, Mapper.TypeParser> getMappers() {
            return SeedsApi.mappers();
        }
    }

    private static Scoring scoring() {
        Scoring scoring = new Scoring(new RalmStats(), new PluginSwitch(Settings.EMPTY));
        scoring.resolveBy((request, client, listener) -> {
            boolean byUser = request.feed() != null;
            if (UNKNOWN.equals(request.userId())) {
                listener.onResponse(Optional.empty());
                return;
            }
            listener.onResponse(Optional.of(ScoreParameters.of(
                    request, byUser ? "seeds" : request.field(), byUser ? USER : request.userVector(), MODEL)));
        });
        return scoring;
    }

    @Override
    protected Collection<Class<? extends Plugin>> getPlugins() {
        return List.of(ScoringPlugin.class, TestGeoShapeFieldMapperPlugin.class);
    }

    @Override
    protected void initializeAdditionalMappings(MapperService mapperService) throws IOException {
        String mapping = "{\"properties\": {\"seeds\": {\"type\": \"ralm_seeds\", \"dimension\": 4}, "
                + "\"wide\": {\"type\": \"ralm_seeds\", \"dimension\": 5}, "
                + "\"exposure\": {\"type\": \"binary\", \"doc_values\": true}, "
                + "\"alike\": {\"type\": \"alias\", \"path\": \"seeds\"}}}";
        mapperService.merge("_doc", new CompressedXContent(mapping), MapperService.MergeReason.MAPPING_UPDATE);
    }

    @Override
    protected RalmScoreQueryBuilder doCreateTestQueryBuilder() {
        Map<String, Object> members = new HashMap<>();
        if (randomBoolean()) {
            members.putAll(Map.of("feed", "news", "user_id", randomAlphaOfLength(5)));
            if (randomBoolean()) {
                members.put("missing_user", randomFrom("error", "global", "empty"));
            }
        } else {
            members.putAll(Map.of("field", "seeds", "model", "m1", "user_vector", randomVector()));
        }
        if (randomBoolean()) {
            members.put("exposure", Map.of("top_percent", randomDoubleBetween(0.1, 100, true)));
        } else if (randomBoolean()) {
            members.put("alpha", randomDoubleBetween(0.1, 2, true));
            members.put("beta", randomDoubleBetween(0, 2, true));
        }
        if (randomBoolean()) {
            members.put("score", randomFrom("similarity", "probability"));
        } else if (randomBoolean()) {
            members.put("popularity", randomPopularity());
        }
        QueryBuilder query = randomBoolean() ? null : QueryBuilders.termQuery(TEXT_FIELD_NAME, "x");
        return new RalmScoreQueryBuilder(scoring(), ScoreRequest.of(members), query, randomBoolean(), null);
    }

    private static Map<String, Object> randomPopularity() {
        String field = randomFrom(INT_FIELD_NAME, DOUBLE_FIELD_NAME);
        return randomBoolean()
                ? Map.of("field", field)
                : Map.of("field", field, "weight", randomDoubleBetween(0, 2, true));
    }

    private static List<Float> randomVector() {
        Float[] vector = new Float[DIMENSION];
        Arrays.setAll(vector, d -> randomFloat());
        return List.of(vector);
    }

    private static RalmScoreQueryBuilder builder(Map<String, Object> members, QueryBuilder query) {
        return new RalmScoreQueryBuilder(scoring(), ScoreRequest.of(members), query, false, null);
    }

    private static RalmScoreQueryBuilder ofUser(QueryBuilder query) {
        return builder(Map.of("feed", "news", "user_id", "u1"), query);
    }

    @Override
    protected void doAssertLuceneQuery(RalmScoreQueryBuilder builder, Query query, QueryShardContext context) {
        assertTrue(query.toString(), query instanceof RalmScoreQuery);
        assertTrue(query.toString(), query.toString().contains("model: m1"));
    }

    /** Vectors are arrays, whose objects the framework's generic mutations cannot be put into. */
    @Override
    public void testUnknownObjectException() {
        ParsingException e = expectThrows(
                ParsingException.class,
                () -> parseQuery("{\"ralm_score\": {\"feed\": \"news\", \"user_id\": {\"x\": 1}}}"));
        assertEquals("[user_id] of [ralm_score] must not be an object", e.getMessage());
    }

    @Override
    public void testMustRewrite() throws IOException {
        IllegalStateException e =
                expectThrows(IllegalStateException.class, () -> ofUser(null).toQuery(createShardContext()));
        assertEquals("[ralm_score] has no user vector yet; rewrite it first", e.getMessage());
    }

    public void testWaitingQueryIsNotSerialized() throws IOException {
        QueryRewriteContext context = coordinatorContext();
        QueryBuilder waiting = ofUser(null).rewrite(context);
        assertTrue(context.hasAsyncActions());
        expectThrows(IllegalStateException.class, () -> waiting.writeTo(new BytesStreamOutput()));
    }

    public void testQueryThatMatchesNothingIsRewrittenToNone() throws Exception {
        QueryBuilder rewritten = rewriteAndFetch(ofUser(new MatchNoneQueryBuilder()), createShardContext());
        assertTrue(rewritten instanceof MatchNoneQueryBuilder);
        ScoreParameters parameters =
                ScoreParameters.of(ScoreRequest.of(Map.of("feed", "f", "user_id", "u")), "f", USER, MODEL);
        Query none = new RalmScoreQuery(new MatchNoDocsQuery(), new HitScores(parameters, null), null, new RalmStats());
        assertTrue(none.rewrite(null) instanceof MatchNoDocsQuery);
    }

    public void testQueryOfAMissingUserKeepsItsName() throws Exception {
        QueryBuilder query = builder(Map.of("feed", "news", "user_id", UNKNOWN, "missing_user", "empty"), null)
                .queryName("alike");
        QueryBuilder rewritten = rewriteAndFetch(query, createShardContext());
        assertTrue(rewritten instanceof MatchNoneQueryBuilder);
        assertEquals("alike", rewritten.queryName());
    }

    public void testAnAliasStandsForItsField() throws Exception {
        QueryBuilder builder = rewriteAndFetch(
                builder(Map.of("field", "alike", "model", "m1", "user_vector", randomVector()), null),
                createShardContext());
        String query = builder.toQuery(createShardContext()).toString();
        assertTrue(query, query.contains("field: seeds,"));
    }

    public void testFieldOfClicksMustHoldNumbersWithDocValues() throws Exception {
        for (String field :
                List.of(TEXT_FIELD_NAME, KEYWORD_FIELD_NAME, DATE_FIELD_NAME, BOOLEAN_FIELD_NAME, "absent")) {
            QueryBuilder builder = rewriteAndFetch(
                    builder(Map.of("feed", "news", "user_id", "u1", "popularity", Map.of("field", field)), null),
                    createShardContext());
            Exception e = expectThrows(Exception.class, () -> builder.toQuery(createShardContext()));
            String message =
                    e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
            assertTrue(message, message.startsWith("[popularity.field] of [ralm_score] "));
            assertTrue(message, message.contains("[" + field + "]"));
        }
    }

    public void testFieldMustFit() throws Exception {
        for (String field : List.of("wide", TEXT_FIELD_NAME, "absent")) {
            QueryBuilder builder = rewriteAndFetch(
                    builder(Map.of("field", field, "model", "m1", "user_vector", randomVector()), null),
                    createShardContext());
            Exception e = expectThrows(Exception.class, () -> builder.toQuery(createShardContext()));
            assertTrue(e.toString(), e instanceof QueryShardException || e instanceof IllegalArgumentException);
            assertTrue(
                    e.toString(),
                    e.getMessage().contains("[" + field + "]")
                            || e.getCause().getMessage().contains(field));
        }
    }

    public void testVoteForConcurrentSearchStaysWhateverFollows() {
        RalmConcurrentSearchDecider decider = new RalmConcurrentSearchDecider();
        decider.evaluateForQuery(QueryBuilders.matchAllQuery(), null);
        assertEquals(DecisionStatus.NO_OP, decider.getConcurrentSearchDecision().getDecisionStatus());
        decider.evaluateForQuery(ofUser(null), null);
        decider.evaluateForQuery(QueryBuilders.matchAllQuery(), null);
        assertEquals(DecisionStatus.YES, decider.getConcurrentSearchDecision().getDecisionStatus());
    }

    public void testFieldThatIsNotMappedIsIgnoredIfAsked() throws Exception {
        Map<String, Object> members = Map.of("field", "absent", "model", "m1", "user_vector", randomVector());
        QueryBuilder builder = rewriteAndFetch(
                new RalmScoreQueryBuilder(scoring(), ScoreRequest.of(members), null, true, null), createShardContext());
        assertTrue(builder.toQuery(createShardContext()) instanceof MatchNoDocsQuery);
    }

    public void testRecallIsCarriedToTheShards() throws Exception {
        String json = "{\"ralm_score\": {\"feed\": \"news\", \"user_id\": \"u1\", \"recall\": {\"k\": 2000}}}";
        QueryBuilder read = parseQuery(json);
        assertEquals(read, parseQuery(read.toString()));
        assertNotEquals(ofUser(null), read);
        QueryBuilder resolved = rewriteAndFetch(read, createShardContext());
        assertSerialization(resolved, VersionUtils.randomVersion(random()));
        assertTrue(resolved.toString(), resolved.toString().contains("2000"));
    }

    public void testRecallThatIsNoNumberOfCandidatesIsRefused() {
        for (String recall : List.of(
                "7", "[]", "{}", "{\"k\": 0}", "{\"k\": 100001}", "{\"k\": \"7\"}", "{\"k\": []}", "{\"n\": 7}")) {
            ParsingException e = expectThrows(
                    ParsingException.class,
                    () -> parseQuery(
                            "{\"ralm_score\": {\"feed\": \"news\", \"user_id\": \"u1\", \"recall\": " + recall + "}}"));
            assertTrue(e.getMessage(), e.getMessage().contains("[recall]"));
        }
    }

    public void testRecallNeedsAFieldOfVectors() throws Exception {
        RalmScoreQueryBuilder builder = new RalmScoreQueryBuilder(
                scoring(),
                ScoreRequest.of(Map.of("field", "seeds", "model", "m1", "user_vector", randomVector())),
                null,
                false,
                new Recall(7));
        QueryBuilder resolved = rewriteAndFetch(builder, createShardContext());
        Exception e = expectThrows(Exception.class, () -> resolved.toQuery(createShardContext()));
        assertTrue(e.toString(), e.toString().contains("[recall] needs field [global] of type [knn_vector]"));
    }

    public void testQueryThatWasStoredIsRefused() {
        IllegalArgumentException e =
                expectThrows(IllegalArgumentException.class, () -> ofUser(null).rewrite(createShardContext()));
        assertTrue(e.getMessage(), e.getMessage().contains("cannot be stored"));
    }

    public void testQueryIsAnExpensiveOne() throws Exception {
        QueryShardContext context = createShardContext();
        QueryBuilder builder = rewriteAndFetch(ofUser(null), context);
        QueryShardContext thrifty = new QueryShardContext(context) {
            @Override
            public boolean allowExpensiveQueries() {
                return false;
            }
        };
        QueryShardException e = expectThrows(QueryShardException.class, () -> builder.toQuery(thrifty));
        assertEquals(RestStatus.BAD_REQUEST, e.status());
        assertEquals(
                "[ralm_score] queries cannot be executed when 'search.allow_expensive_queries' is set to false.",
                e.getMessage());
    }

    public void testVoteSeesTheQueryInsideOthers() {
        QueryBuilder scored = ofUser(null);
        List<QueryBuilder> compounds = List.of(
                QueryBuilders.boolQuery().must(scored).filter(QueryBuilders.matchAllQuery()),
                QueryBuilders.boolQuery().should(QueryBuilders.boolQuery().filter(scored)),
                QueryBuilders.disMaxQuery().add(QueryBuilders.matchAllQuery()).add(scored),
                QueryBuilders.boostingQuery(scored, QueryBuilders.matchAllQuery()),
                QueryBuilders.constantScoreQuery(scored),
                QueryBuilders.functionScoreQuery(scored),
                QueryBuilders.scriptScoreQuery(scored, new Script("1")),
                QueryBuilders.nestedQuery("path", scored, ScoreMode.Max));
        for (QueryBuilder compound : compounds) {
            RalmConcurrentSearchDecider decider = new RalmConcurrentSearchDecider();
            compound.visit(visitor(query -> decider.evaluateForQuery(query, null)));
            assertEquals(
                    compound.toString(),
                    DecisionStatus.YES,
                    decider.getConcurrentSearchDecision().getDecisionStatus());
        }
    }

    public void testInnerQueryIsVisited() {
        QueryBuilder filter = QueryBuilders.termQuery(TEXT_FIELD_NAME, "x");
        QueryBuilder scored = ofUser(QueryBuilders.boolQuery().filter(filter));
        List<QueryBuilder> seen = new ArrayList<>();
        scored.visit(visitor(seen::add));
        assertEquals(3, seen.size());
        assertSame(scored, seen.get(0));
        assertSame(filter, seen.get(2));
    }

    private static QueryBuilderVisitor visitor(Consumer<QueryBuilder> visits) {
        return new QueryBuilderVisitor() {
            @Override
            public void accept(QueryBuilder query) {
                visits.accept(query);
            }

            @Override
            public QueryBuilderVisitor getChildVisitor(Occur occur) {
                return this;
            }
        };
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
