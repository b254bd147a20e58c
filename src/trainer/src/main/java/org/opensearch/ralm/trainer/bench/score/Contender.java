package org.opensearch.ralm.trainer.bench.score;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Function;

/**
 * A way to compute something for candidates.
 *
 * @param name in the table and the results file
 * @param index where it searches
 * @param documents how many documents it matches, all of them scored
 * @param every it takes part in one of so many rounds
 * @param query its query for a user's vector
 */
record Contender(String name, String index, int documents, int every, Function<float[], ObjectNode> query) {

    /** How many hits a search returns. */
    static final int TOP = 10;

    String path() {
        return "/" + index + "/_search?request_cache=false";
    }

    /** The search for a user: the best {@value #TOP} of all its documents, which are counted, too. */
    ObjectNode search(float[] user) {
        ObjectNode search = JsonNodeFactory.instance.objectNode();
        search.put("size", TOP).put("_source", false).put("track_total_hits", true);
        search.set("query", query.apply(user));
        return search;
    }

    /** The same in another index. */
    Contender in(String otherIndex, String otherName) {
        return new Contender(otherName, otherIndex, documents, every, query);
    }
}
