package org.opensearch.ralm.trainer.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.opensearch.ralm.trainer.data.Block;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.IdLists;
import org.opensearch.ralm.trainer.evaluation.Scorer;
import org.opensearch.ralm.trainer.publish.ClusterClient;

/**
 * Scores by asking a cluster: one {@code _search} a user over all candidates, whose scores are then looked up. Users
 * and candidates are as the cluster knows them, whatever the times asked for. Not safe for use by several threads.
 */
final class SearchScorer implements Scorer {

    private final ClusterClient client;
    private final Dataset dataset;
    private final String index;
    private final int candidates;
    private final Function<String, JsonNode> query;
    private final Map<Integer, float[]> scoresByUser = new HashMap<>();

    /**
     * @param index the candidates
     * @param candidates how many there are
     * @param query the query for a user's name
     */
    SearchScorer(
            ClusterClient client, Dataset dataset, String index, int candidates, Function<String, JsonNode> query) {
        this.client = client;
        this.dataset = dataset;
        this.index = index;
        this.candidates = candidates;
        this.query = query;
    }

    @Override
    public float[] score(Block block, int[] users, long[] times, IdLists asked) {
        float[] scores = new float[asked.ids().length];
        for (int row = 0; row < users.length; row++) {
            float[] all = scores(users[row]);
            for (int position = asked.start(row); position < asked.end(row); position++) {
                float score = all[asked.id(position)];
                if (Float.isNaN(score)) {
                    throw new IllegalStateException("candidate ["
                            + dataset.items().name(asked.id(position)) + "] was not among the hits for user ["
                            + dataset.users().name(users[row]) + "]");
                }
                scores[position] = score;
            }
        }
        return scores;
    }

    /** The scores of all items for a user; NaN for those that were not found. */
    float[] scores(int user) {
        return scoresByUser.computeIfAbsent(user, this::search);
    }

    private float[] search(int user) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("size", candidates).put("_source", false);
        body.set("query", query.apply(dataset.users().name(user)));
        float[] scores = new float[dataset.items().size()];
        Arrays.fill(scores, Float.NaN);
        for (JsonNode hit :
                client.request("POST", "/" + index + "/_search", body).at("/hits/hits")) {
            scores[dataset.items().id(hit.path("_id").asText())] =
                    (float) hit.path("_score").asDouble();
        }
        return scores;
    }
}
