package org.opensearch.ralm.plugin.score;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.opensearch.index.query.ParsedQuery;
import org.opensearch.search.fetch.FetchContext;
import org.opensearch.search.rescore.RescoreContext;

/** Finds the {@code ralm_score} queries of a search, however deep, but for what must not match. */
final class ScoreQueries extends QueryVisitor {

    private final List<RalmScoreQuery> found = new ArrayList<>();

    private ScoreQueries() {}

    /** Those of the query, then those of the rescorers, in the order of the request. */
    static List<RalmScoreQuery> of(FetchContext context) {
        return of(context.parsedQuery(), context.rescore());
    }

    /**
     * The same of a search's parts.
     *
     * @param parsed the query; null if there is none
     * @param rescorers null if there are none
     */
    static List<RalmScoreQuery> of(ParsedQuery parsed, List<RescoreContext> rescorers) {
        ScoreQueries queries = new ScoreQueries();
        if (parsed != null) {
            parsed.query().visit(queries);
        }
        if (rescorers != null) {
            for (RescoreContext rescorer : rescorers) {
                rescorer.getQueries().forEach(query -> query.visit(queries));
            }
        }
        return queries.found;
    }

    @Override
    public QueryVisitor getSubVisitor(Occur occur, Query parent) {
        if (parent instanceof RalmScoreQuery query) {
            found.add(query);
        } else if (parent instanceof BooleanQuery bool) {
            return visited(bool.clauses().stream()
                    .filter(clause -> clause.isProhibited() == false)
                    .map(BooleanClause::query)
                    .toList());
        } else if (parent instanceof DisjunctionMaxQuery alternatives) {
            return visited(alternatives.getDisjuncts());
        }
        return super.getSubVisitor(occur, parent);
    }

    /** These show their clauses in no certain order, so they are asked for them. */
    private QueryVisitor visited(Collection<Query> clauses) {
        clauses.forEach(clause -> clause.visit(this));
        return QueryVisitor.EMPTY_VISITOR;
    }
}
