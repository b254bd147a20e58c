package org.opensearch.ralm.plugin.feed;

import java.util.List;
import java.util.Map;
import org.opensearch.action.get.GetRequest;
import org.opensearch.action.get.GetResponse;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.support.IndicesOptions;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.index.query.QueryBuilder;
import org.opensearch.index.query.QueryBuilders;
import org.opensearch.ralm.cluster.KMeans;
import org.opensearch.search.builder.SearchSourceBuilder;
import org.opensearch.search.fetch.subphase.FetchSourceContext;
import org.opensearch.transport.client.Client;

/**
 * Reads look-alike vectors from a users index: a document a user, its id the user's, with the vector in {@code vector}
 * and the model it was made by in {@code model}.
 */
public final class UserVectors {

    /** What is read of a user's document. */
    public static final FetchSourceContext FIELDS =
            new FetchSourceContext(true, new String[] {"vector", "model"}, null);

    /** What objects and ids take for each vector. */
    private static final long OVERHEAD = 240;

    /** What a number takes as the text of a source, and as an object of it. */
    private static final long BYTES_A_NUMBER = 16;

    private UserVectors() {}

    /**
     * About what reading the vectors of users takes.
     *
     * @param atOnce how many of them one request asks for at most
     */
    public static long bytes(int users, int dimension, int atOnce) {
        return users * (OVERHEAD + (long) Float.BYTES * dimension)
                + Math.min(users, atOnce) * BYTES_A_NUMBER * dimension;
    }

    /** Finds the documents with vectors of a feed's model; one that names no model is of any. */
    public static QueryBuilder ofModel(Feed feed) {
        return QueryBuilders.boolQuery()
                .should(QueryBuilders.termQuery("model", feed.model()))
                .should(QueryBuilders.boolQuery().mustNot(QueryBuilders.existsQuery("model")));
    }

    /**
     * Counts the documents with vectors of a feed's model; 0 where there is no such index.
     *
     * @param client acts as the user who asks, who must be allowed to search the users index
     */
    public static void count(Client client, Feed feed, ActionListener<Long> listener) {
        SearchSourceBuilder source = new SearchSourceBuilder()
                .query(ofModel(feed))
                .trackTotalHits(true)
                .size(0);
        SearchRequest request = new SearchRequest(feed.users())
                .indicesOptions(IndicesOptions.LENIENT_EXPAND_OPEN)
                .allowPartialSearchResults(false)
                .source(source);
        client.search(request, ActionListener.map(listener, found -> found.getHits()
                .getTotalHits()
                .value()));
    }

    /**
     * Answers with the vector of one user; fails with a {@link MissingVectorException} where there is none that fits.
     *
     * @param client acts as the user who asks, who must be allowed to read the users index
     * @param dimension the width the vector must have
     */
    public static void get(Client client, Feed feed, String user, int dimension, ActionListener<float[]> listener) {
        GetRequest request =
                new GetRequest(feed.users(), user).preference("_local").fetchSourceContext(FIELDS);
        client.get(request, ActionListener.map(listener, (GetResponse response) -> {
            if (response.isExists() == false) {
                throw new MissingVectorException(
                        "user [" + user + "] has no vector in users index [" + feed.users() + "] of feed ["
                                + feed.name() + "]",
                        RestStatus.NOT_FOUND);
            }
            try {
                return vector(response.getSourceAsMap(), feed, user, dimension);
            } catch (IllegalArgumentException e) {
                throw new MissingVectorException(e.getMessage(), RestStatus.BAD_REQUEST);
            }
        }));
    }

    /**
     * The vector in a user's document.
     *
     * @throws IllegalArgumentException if there is none, or one of another model or dimension, or one that is not
     *      finite or too long to compute with
     */
    public static float[] vector(Map<String, Object> source, Feed feed, String user, int dimension) {
        Object model = source == null ? null : source.get("model");
        if (model != null && model.equals(feed.model()) == false) {
            throw fault(feed, user, "was made by model [" + model + "], but the feed uses [" + feed.model() + "]");
        }
        if (source == null || source.get("vector") instanceof List<?> == false) {
            throw fault(feed, user, "is missing: expected " + dimension + " numbers in [vector]");
        }
        List<?> numbers = (List<?>) source.get("vector");
        if (numbers.size() != dimension) {
            throw fault(feed, user, "has dimension " + numbers.size() + ", but the model has " + dimension);
        }
        float[] vector = new float[dimension];
        for (int d = 0; d < dimension; d++) {
            vector[d] = numbers.get(d) instanceof Number number ? number.floatValue() : Float.NaN;
            if (Float.isFinite(vector[d]) == false) {
                throw fault(feed, user, "holds [" + numbers.get(d) + "] at " + d + ", expected finite numbers");
            }
        }
        double length = KMeans.length(vector);
        if ((length < KMeans.MAX_LENGTH) == false) {
            throw fault(feed, user, "has length " + length + ", expected one below " + KMeans.MAX_LENGTH);
        }
        return vector;
    }

    private static IllegalArgumentException fault(Feed feed, String user, String problem) {
        return new IllegalArgumentException("the vector of user [" + user + "] in users index [" + feed.users()
                + "] of feed [" + feed.name() + "] " + problem);
    }
}
