package org.opensearch.ralm.plugin.score;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.util.SetOnce;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.common.ParsingException;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.core.xcontent.XContentParser;
import org.opensearch.core.xcontent.XContentParser.Token;
import org.opensearch.index.mapper.MappedFieldType;
import org.opensearch.index.query.AbstractQueryBuilder;
import org.opensearch.index.query.MatchNoneQueryBuilder;
import org.opensearch.index.query.QueryBuilder;
import org.opensearch.index.query.QueryBuilderVisitor;
import org.opensearch.index.query.QueryCoordinatorContext;
import org.opensearch.index.query.QueryRewriteContext;
import org.opensearch.index.query.QueryShardContext;
import org.opensearch.ralm.plugin.exposure.ExposureField;
import org.opensearch.ralm.plugin.exposure.ExposureQuery;
import org.opensearch.ralm.plugin.system.SearchTimeQuery;
import org.opensearch.ralm.plugin.system.Wire;

/**
 * The query {@code ralm_score}: which candidates suit a user.
 *
 * <pre>{@code
 * {"ralm_score": {"feed": "news", "user_id": "u42", "query": {"term": {"lang": "en"}}}}
 * {"ralm_score": {"feed": "news", "user_id": "u42", "recall": {"k": 2000}}}
 * {"ralm_score": {"field": "ralm.seeds", "user_vector": [0.1, …], "model": "m1", "alpha": 0.3, "beta": 0.7}}
 * }</pre>
 *
 * <p>Rewriting fetches feed, model and vector once a search, on the node that coordinates it; the rewritten query
 * carries them to the shards. It has states, each a builder of its own: as asked, waiting, resolved. Matches are the
 * inner query's that have a seed block of the model.
 */
public final class RalmScoreQueryBuilder extends AbstractQueryBuilder<RalmScoreQueryBuilder> {

    /** The query's name. */
    public static final String NAME = "ralm_score";

    private static final String IGNORE_UNMAPPED = "ignore_unmapped";

    /** The members that are objects, beside the inner query. */
    private static final Set<String> OBJECTS = Set.of("popularity", "exposure");

    private final Scoring scoring;
    private final ScoreRequest request;
    private final QueryBuilder query;
    private final boolean ignoreUnmapped;
    private final boolean profiled;
    private final Recall recall;
    private final Supplier<Optional<ScoreParameters>> awaited;
    private final ScoreParameters parameters;

    RalmScoreQueryBuilder(
            Scoring scoring, ScoreRequest request, QueryBuilder query, boolean ignoreUnmapped, Recall recall) {
        this(scoring, request, query, ignoreUnmapped, false, recall, null, null);
    }

    private RalmScoreQueryBuilder(
            Scoring scoring,
            ScoreRequest request,
            QueryBuilder query,
            boolean ignoreUnmapped,
            boolean profiled,
            Recall recall,
            Supplier<Optional<ScoreParameters>> awaited,
            ScoreParameters parameters) {
        this.scoring = scoring;
        this.request = request;
        this.query = query;
        this.ignoreUnmapped = ignoreUnmapped;
        this.profiled = profiled;
        this.recall = recall;
        this.awaited = awaited;
        this.parameters = parameters;
    }

    /** Reads it from the wire. */
    RalmScoreQueryBuilder(StreamInput in, Scoring scoring) throws IOException {
        super(in);
        this.scoring = scoring;
        StreamInput members = Wire.open(in, NAME);
        this.request = ScoreRequest.read(members);
        this.query = members.readOptionalNamedWriteable(QueryBuilder.class);
        this.ignoreUnmapped = members.readBoolean();
        this.profiled = members.readBoolean();
        this.recall = members.readOptionalWriteable(Recall::read);
        this.awaited = null;
        this.parameters = members.readOptionalWriteable(ScoreParameters::read);
    }

    @Override
    protected void doWriteTo(StreamOutput out) throws IOException {
        if (awaited != null) {
            throw new IllegalStateException("[" + NAME + "] waits for its user's vector; rewrite it first");
        }
        Wire.write(out, members -> {
            request.writeTo(members);
            members.writeOptionalNamedWriteable(query);
            members.writeBoolean(ignoreUnmapped);
            members.writeBoolean(profiled);
            members.writeOptionalWriteable(recall);
            members.writeOptionalWriteable(parameters);
        });
    }

    /** Reads the query of a search request. */
    static RalmScoreQueryBuilder fromXContent(XContentParser parser, Scoring scoring) throws IOException {
        Map<String, Object> members = new HashMap<>();
        QueryBuilder query = null;
        boolean ignoreUnmapped = false;
        Recall recall = null;
        float boost = DEFAULT_BOOST;
        String name = null;
        while (parser.nextToken() != Token.END_OBJECT) {
            String member = parser.currentName();
            Token token = parser.nextToken();
            if (member.equals("query")) {
                query = parseInnerQueryBuilder(parser);
            } else if (member.equals(IGNORE_UNMAPPED)) {
                SearchTimeQuery.requireValue(parser, NAME);
                ignoreUnmapped = parser.booleanValue();
            } else if (member.equals(Recall.NAME)) {
                recall = Recall.fromXContent(parser);
            } else if (member.equals(BOOST_FIELD.getPreferredName())) {
                SearchTimeQuery.requireValue(parser, NAME);
                boost = parser.floatValue();
            } else if (member.equals(NAME_FIELD.getPreferredName())) {
                SearchTimeQuery.requireValue(parser, NAME);
                name = parser.text();
            } else if (members.put(member, value(member, token, parser)) != null) {
                throw new ParsingException(
                        parser.getTokenLocation(), "[" + member + "] of [" + NAME + "] is there twice");
            }
        }
        try {
            return new RalmScoreQueryBuilder(scoring, ScoreRequest.of(members), query, ignoreUnmapped, recall)
                    .boost(boost)
                    .queryName(name);
        } catch (IllegalArgumentException e) {
            throw new ParsingException(parser.getTokenLocation(), e.getMessage(), e);
        }
    }

    private static Object value(String member, Token token, XContentParser parser) throws IOException {
        return switch (token) {
            case START_ARRAY -> parser.list();
            case START_OBJECT -> {
                if (OBJECTS.contains(member)) {
                    yield parser.map();
                }
                throw new ParsingException(
                        parser.getTokenLocation(), "[" + member + "] of [" + NAME + "] must not be an object");
            }
            default -> parser.objectText();
        };
    }

    @Override
    protected void doXContent(XContentBuilder builder, Params params) throws IOException {
        builder.startObject(NAME);
        request.toXContent(builder, params);
        if (query != null) {
            builder.field("query", query, params);
        }
        if (ignoreUnmapped) {
            builder.field(IGNORE_UNMAPPED, true);
        }
        if (recall != null) {
            recall.toXContent(builder, params);
        }
        printBoostAndQueryName(builder);
        builder.endObject();
    }

    @Override
    protected QueryBuilder doRewrite(QueryRewriteContext context) throws IOException {
        if (awaited != null) {
            Optional<ScoreParameters> found = awaited.get();
            return found == null ? this : resolved(found);
        }
        if (parameters == null) {
            SearchTimeQuery.requireNotStored(context, NAME, "model and user");
            scoring.pluginSwitch().requireOn("query [" + NAME + "]");
            SetOnce<Optional<ScoreParameters>> found = new SetOnce<>();
            context.registerAsyncAction((client, listener) -> scoring.resolver()
                    .resolve(request, client, ActionListener.map(listener, resolved -> {
                        found.set(resolved);
                        return null;
                    })));
            return new RalmScoreQueryBuilder(
                    scoring, request, query, ignoreUnmapped, isProfiled(context), recall, found::get, null);
        }
        QueryBuilder rewritten = query == null ? null : query.rewrite(context);
        if (rewritten instanceof MatchNoneQueryBuilder) {
            return rewritten;
        }
        return rewritten == query ? this : resolved(rewritten, parameters);
    }

    private QueryBuilder resolved(Optional<ScoreParameters> found) {
        return found.isEmpty() ? new MatchNoneQueryBuilder() : resolved(query, found.get());
    }

    private RalmScoreQueryBuilder resolved(QueryBuilder inner, ScoreParameters found) {
        return new RalmScoreQueryBuilder(scoring, request, inner, ignoreUnmapped, profiled, recall, null, found);
    }

    private static boolean isProfiled(QueryRewriteContext context) {
        QueryCoordinatorContext coordinator = context.convertToCoordinatorContext();
        return coordinator != null
                && coordinator.getSearchRequest() instanceof SearchRequest search
                && search.source() != null
                && search.source().profile();
    }

    @Override
    protected Query doToQuery(QueryShardContext context) throws IOException {
        if (parameters == null) {
            throw new IllegalStateException("[" + NAME + "] has no user vector yet; rewrite it first");
        }
        SearchTimeQuery.requireExpensiveAllowed(context, NAME);
        MappedFieldType type = context.fieldMapper(parameters.field());
        if (type == null && ignoreUnmapped) {
            return new MatchNoDocsQuery("[" + NAME + "] ignores that there is no field [" + parameters.field() + "]");
        }
        ScoreParameters checked = SeedFieldCheck.check(type, parameters);
        HitScores scores = HitScores.of(checked, context::fieldMapper, context::getForField);
        Query candidates = exposed(candidates(checked, context), checked, context);
        return new RalmScoreQuery(candidates, scores, queryName(), scoring.stats());
    }

    private Query candidates(ScoreParameters checked, QueryShardContext context) throws IOException {
        Query filter = query == null ? null : query.toQuery(context);
        if (recall != null) {
            return recall.candidates(context, checked, filter);
        }
        return filter == null ? new MatchAllDocsQuery() : filter;
    }

    private Query exposed(Query candidates, ScoreParameters checked, QueryShardContext context) {
        if (checked.exposure() == null) {
            return candidates;
        }
        ExposureField.check(context.fieldMapper(ExposureField.beside(checked.field())), checked.field());
        Query exposed = new ExposureQuery(checked.field(), checked.forKernel(), checked.exposure(), scoring.stats());
        return new BooleanQuery.Builder()
                .add(candidates, Occur.FILTER)
                .add(exposed, Occur.FILTER)
                .build();
    }

    @Override
    public void visit(QueryBuilderVisitor visitor) {
        visitor.accept(this);
        if (query != null) {
            query.visit(visitor.getChildVisitor(Occur.MUST));
        }
    }

    /**
     * Scoring is what it costs, and each partition of a segment has a scorer of its own. Threads that share a segment
     * would share the timers of its profile, too, which are made for one. Servers before 3.5 never share one and do not
     * ask, so that there is nothing to override.
     */
    public boolean supportsIntraSegmentSearch() {
        return profiled == false;
    }

    @Override
    public String getWriteableName() {
        return NAME;
    }

    @Override
    protected boolean doEquals(RalmScoreQueryBuilder other) {
        return request.equals(other.request)
                && Objects.equals(query, other.query)
                && ignoreUnmapped == other.ignoreUnmapped
                && profiled == other.profiled
                && Objects.equals(recall, other.recall)
                && Objects.equals(awaited, other.awaited)
                && Objects.equals(parameters, other.parameters);
    }

    @Override
    protected int doHashCode() {
        return Objects.hash(request, query, ignoreUnmapped, profiled, recall, awaited, parameters);
    }
}
