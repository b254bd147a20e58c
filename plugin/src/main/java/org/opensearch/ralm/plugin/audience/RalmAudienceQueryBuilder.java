package org.opensearch.ralm.plugin.audience;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.Query;
import org.apache.lucene.util.SetOnce;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.common.ParsingException;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.core.xcontent.XContentParser;
import org.opensearch.core.xcontent.XContentParser.Token;
import org.opensearch.index.mapper.MappedFieldType;
import org.opensearch.index.query.AbstractQueryBuilder;
import org.opensearch.index.query.BoolQueryBuilder;
import org.opensearch.index.query.MatchNoneQueryBuilder;
import org.opensearch.index.query.QueryBuilder;
import org.opensearch.index.query.QueryBuilderVisitor;
import org.opensearch.index.query.QueryBuilders;
import org.opensearch.index.query.QueryRewriteContext;
import org.opensearch.index.query.QueryShardContext;
import org.opensearch.ralm.plugin.system.SearchTimeQuery;
import org.opensearch.ralm.plugin.system.Wire;

/**
 * The query {@code ralm_audience}: which users are most like a candidate's seeds.
 *
 * <pre>{@code
 * {"ralm_audience": {"feed": "news", "candidate": "a17", "top_percent": 1, "query": {"term": {"country": "at"}}}}
 * }</pre>
 *
 * <p>For the users index of the feed. Rewriting fetches feed, model, candidate and seeds once a search, on the node that
 * coordinates it; the rewritten query carries what shards need. It has states, each a builder of its own: as asked,
 * waiting, resolved. Matches are the inner query's that have a vector of the model, and are not among the seeds.
 */
public final class RalmAudienceQueryBuilder extends AbstractQueryBuilder<RalmAudienceQueryBuilder> {

    /** The query's name. */
    public static final String NAME = "ralm_audience";

    private static final String MODEL = "model";
    private static final String KNN_VECTOR = "knn_vector";

    private final Audiences audiences;
    private final AudienceRequest request;
    private final QueryBuilder query;
    private final Supplier<ResolvedAudience> awaited;
    private final ResolvedAudience resolved;

    RalmAudienceQueryBuilder(Audiences audiences, AudienceRequest request, QueryBuilder query) {
        this(audiences, request, query, null, null);
    }

    private RalmAudienceQueryBuilder(
            Audiences audiences,
            AudienceRequest request,
            QueryBuilder query,
            Supplier<ResolvedAudience> awaited,
            ResolvedAudience resolved) {
        this.audiences = audiences;
        this.request = request;
        this.query = query;
        this.awaited = awaited;
        this.resolved = resolved;
    }

    /** Reads it from the wire. */
    RalmAudienceQueryBuilder(StreamInput in, Audiences audiences) throws IOException {
        super(in);
        this.audiences = audiences;
        StreamInput members = Wire.open(in, NAME);
        this.request = AudienceRequest.read(members);
        this.query = members.readOptionalNamedWriteable(QueryBuilder.class);
        this.awaited = null;
        this.resolved = members.readOptionalWriteable(ResolvedAudience::read);
    }

    @Override
    protected void doWriteTo(StreamOutput out) throws IOException {
        if (awaited != null) {
            throw new IllegalStateException("[" + NAME + "] waits for its candidate; rewrite it first");
        }
        Wire.write(out, members -> {
            request.writeTo(members);
            members.writeOptionalNamedWriteable(query);
            members.writeOptionalWriteable(resolved);
        });
    }

    /** Reads the query of a search request. */
    static RalmAudienceQueryBuilder fromXContent(XContentParser parser, Audiences audiences) throws IOException {
        Map<String, Object> members = new HashMap<>();
        QueryBuilder query = null;
        float boost = DEFAULT_BOOST;
        String name = null;
        while (parser.nextToken() != Token.END_OBJECT) {
            String member = parser.currentName();
            Token token = parser.nextToken();
            if (member.equals("query")) {
                query = parseInnerQueryBuilder(parser);
            } else if (member.equals(BOOST_FIELD.getPreferredName())) {
                SearchTimeQuery.requireValue(parser, NAME);
                boost = parser.floatValue();
            } else if (member.equals(NAME_FIELD.getPreferredName())) {
                SearchTimeQuery.requireValue(parser, NAME);
                name = parser.text();
            } else if (token.isValue() == false && token != Token.VALUE_NULL) {
                throw new ParsingException(
                        parser.getTokenLocation(), "[" + member + "] of [" + NAME + "] must be a single value");
            } else if (members.put(member, parser.objectText()) != null) {
                throw new ParsingException(
                        parser.getTokenLocation(), "[" + member + "] of [" + NAME + "] is there twice");
            }
        }
        try {
            return new RalmAudienceQueryBuilder(audiences, AudienceRequest.of(members), query)
                    .boost(boost)
                    .queryName(name);
        } catch (IllegalArgumentException e) {
            throw new ParsingException(parser.getTokenLocation(), e.getMessage(), e);
        }
    }

    @Override
    protected void doXContent(XContentBuilder builder, Params params) throws IOException {
        builder.startObject(NAME);
        request.toXContent(builder, params);
        if (query != null) {
            builder.field("query", query, params);
        }
        printBoostAndQueryName(builder);
        builder.endObject();
    }

    @Override
    protected QueryBuilder doRewrite(QueryRewriteContext context) throws IOException {
        if (awaited != null) {
            ResolvedAudience found = awaited.get();
            return found == null ? this : new RalmAudienceQueryBuilder(audiences, request, query, null, found);
        }
        if (resolved == null) {
            SearchTimeQuery.requireNotStored(context, NAME, "candidate");
            audiences.pluginSwitch().requireOn("query [" + NAME + "]");
            SetOnce<ResolvedAudience> found = new SetOnce<>();
            context.registerAsyncAction((client, listener) -> audiences
                    .resolver()
                    .resolve(request, client, ActionListener.map(listener, audience -> {
                        found.set(audience);
                        return null;
                    })));
            return new RalmAudienceQueryBuilder(audiences, request, query, found::get, null);
        }
        QueryBuilder rewritten = query == null ? null : query.rewrite(context);
        if (rewritten instanceof MatchNoneQueryBuilder) {
            return rewritten;
        }
        return rewritten == query ? this : new RalmAudienceQueryBuilder(audiences, request, rewritten, null, resolved);
    }

    @Override
    protected Query doToQuery(QueryShardContext context) throws IOException {
        if (resolved == null) {
            throw new IllegalStateException("[" + NAME + "] has no candidate yet; rewrite it first");
        }
        SearchTimeQuery.requireExpensiveAllowed(context, NAME);
        MappedFieldType vectors = context.fieldMapper(SegmentVectors.FIELD);
        if (vectors == null) {
            throw new IllegalArgumentException("[" + NAME + "] is for users indices, but ["
                    + context.index().getName() + "] has no field [" + SegmentVectors.FIELD + "]");
        }
        boolean inSource = vectors.unwrap().typeName().equals(KNN_VECTOR) == false;
        return new RalmAudienceQuery(users().toQuery(context), resolved, inSource, audiences.stats());
    }

    /** As where a single user is scored, a vector that names no model counts as one of the feed's. */
    private QueryBuilder users() {
        BoolQueryBuilder users = QueryBuilders.boolQuery()
                .filter(QueryBuilders.boolQuery()
                        .should(QueryBuilders.termQuery(MODEL, resolved.model()))
                        .should(QueryBuilders.boolQuery().mustNot(QueryBuilders.existsQuery(MODEL))));
        if (query != null) {
            users.filter(query);
        }
        if (resolved.excluded().isEmpty() == false) {
            users.mustNot(QueryBuilders.idsQuery().addIds(resolved.excluded().toArray(String[]::new)));
        }
        return users;
    }

    @Override
    public void visit(QueryBuilderVisitor visitor) {
        visitor.accept(this);
        if (query != null) {
            query.visit(visitor.getChildVisitor(Occur.MUST));
        }
    }

    @Override
    public String getWriteableName() {
        return NAME;
    }

    @Override
    protected boolean doEquals(RalmAudienceQueryBuilder other) {
        return request.equals(other.request)
                && Objects.equals(query, other.query)
                && Objects.equals(awaited, other.awaited)
                && Objects.equals(resolved, other.resolved);
    }

    @Override
    protected int doHashCode() {
        return Objects.hash(request, query, awaited, resolved);
    }
}
