package org.opensearch.ralm.plugin.system;

import static org.opensearch.search.SearchService.ALLOW_EXPENSIVE_QUERIES;

import java.io.IOException;
import org.opensearch.core.common.ParsingException;
import org.opensearch.core.xcontent.XContentParser;
import org.opensearch.index.query.QueryRewriteContext;
import org.opensearch.index.query.QueryShardContext;
import org.opensearch.index.query.QueryShardException;

/** What holds for queries that look something up when a search begins and then compute for every document. */
public final class SearchTimeQuery {

    private SearchTimeQuery() {}

    /**
     * Refuses a query that is stored. Searches are rewritten before they reach a shard. What a shard rewrites is what it
     * has stored: filters of aliases and of users' rights, which cannot wait, and percolator queries, which would keep
     * what was found at that moment.
     *
     * @param name the query's
     * @param lookedUp what it looks up
     * @throws IllegalArgumentException if nothing can be awaited here
     */
    public static void requireNotStored(QueryRewriteContext context, String name, String lookedUp) {
        if (context.convertToShardContext() != null) {
            throw new IllegalArgumentException("[" + name + "] looks up its " + lookedUp + " when a search begins and "
                    + "cannot be stored: use it in the search request, not in the filter of an alias or a role nor in "
                    + "a percolator query");
        }
    }

    /**
     * Refuses an array or an object in the place of a single value, which the parser would take for a fault of ours.
     *
     * @param name the query's
     * @throws ParsingException naming the member the parser stands at
     */
    public static void requireValue(XContentParser parser, String name) throws IOException {
        if (parser.currentToken().isValue() == false) {
            throw new ParsingException(
                    parser.getTokenLocation(),
                    "[" + parser.currentName() + "] of [" + name + "] must be a single value, but is ["
                            + parser.currentToken() + "]");
        }
    }

    /**
     * Refuses a query where the cluster allows no expensive ones.
     *
     * @param name the query's
     * @throws QueryShardException in the words of {@code script_score}
     */
    public static void requireExpensiveAllowed(QueryShardContext context, String name) {
        if (context.allowExpensiveQueries() == false) {
            throw new QueryShardException(
                    context,
                    "[" + name + "] queries cannot be executed when '" + ALLOW_EXPENSIVE_QUERIES.getKey()
                            + "' is set to false.");
        }
    }
}
