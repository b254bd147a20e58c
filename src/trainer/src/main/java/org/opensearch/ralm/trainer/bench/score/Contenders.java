package org.opensearch.ralm.trainer.bench.score;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.opensearch.ralm.artifact.LookalikeForm;
import org.opensearch.ralm.lookalike.LookalikeModel;

/** Who is measured: the requests of all contenders on one index. */
final class Contenders {

    static final String MATCH_ALL = "match_all";
    static final String KNN_SCORE = "knn_score";
    static final String PAINLESS = "painless";
    static final String LATE_INTERACTION = "late_interaction";
    static final String FLOAT32 = "ralm_score_float32";
    static final String INT8 = "ralm_score_int8";
    static final String SCRIPT = "ralm_script_float32";

    /** One search of it takes as long as thousands of the others. */
    private static final int LATE_INTERACTION_SEARCHES = 5;

    private final String index;
    private final int candidates;
    private final LookalikeModel model;
    private final ScoreOptions options;

    /**
     * @param index as {@link ScoreIndex} fills it
     * @param candidates how many documents it has
     */
    Contenders(String index, int candidates, LookalikeModel model, ScoreOptions options) {
        this.index = index;
        this.candidates = candidates;
        this.model = model;
        this.options = options;
    }

    List<Contender> all() {
        return List.of(matchAll(), knnScore(), painless(), lateInteraction(), float32(), int8(), script());
    }

    private Contender matchAll() {
        return ofAll(MATCH_ALL, user -> matchAllQuery());
    }

    /** One vector a document. */
    private Contender knnScore() {
        return ofAll(KNN_SCORE, user -> {
            ObjectNode parameters = object().put("field", ScoreIndex.VECTOR).put("space_type", "cosinesimil");
            parameters.set("query_value", array(user));
            return scripted(matchAllQuery(), "knn", "knn_score", parameters);
        });
    }

    /** The local attention alone, of float32 clusters, written by hand. */
    private Contender painless() {
        LookalikeForm form = model.manifest().form();
        String source = resource("local-attention.painless");
        return new Contender(PAINLESS, index, ScoreOptions.slow(candidates), 1, user -> {
            ObjectNode parameters = object().put("k", options.clusters());
            parameters.put("tau", form.localTemperature()).put("lambda", form.localSizeWeight());
            parameters.set("e", array(user));
            parameters.set("q", array(model.localQuery(user)));
            return scripted(slowOnes(), "painless", source, parameters);
        });
    }

    /** The closest of a document's centroids, read from its source. */
    private Contender lateInteraction() {
        int every = Math.max(1, options.queries() / LATE_INTERACTION_SEARCHES);
        String source = "lateInteractionScore(params.qv, '" + ScoreIndex.VECTORS + "', params._source, 'cosinesimil')";
        return new Contender(LATE_INTERACTION, index, ScoreOptions.slow(candidates), every, user -> {
            ObjectNode parameters = object();
            parameters.putArray("qv").add(array(user));
            return scripted(slowOnes(), "painless", source, parameters);
        });
    }

    /** Ours, of float32 blocks. */
    Contender float32() {
        return ofAll(FLOAT32, user -> wrapped("ralm_score", ralm(ScoreIndex.FLOAT32, user)));
    }

    /** Ours, of int8 blocks. */
    Contender int8() {
        return ofAll(INT8, user -> wrapped("ralm_score", ralm(ScoreIndex.INT8, user)));
    }

    private Contender script() {
        return ofAll(SCRIPT, user -> scripted(matchAllQuery(), "ralm", "ralm_score", ralm(ScoreIndex.FLOAT32, user)));
    }

    private Contender ofAll(String name, Function<float[], ObjectNode> query) {
        return new Contender(name, index, candidates, 1, query);
    }

    private ObjectNode ralm(String field, float[] user) {
        ObjectNode members = object().put("field", field);
        members.put("model", model.manifest().id());
        members.set("user_vector", array(user));
        return members;
    }

    private ObjectNode slowOnes() {
        int slow = ScoreOptions.slow(candidates);
        if (slow == candidates) {
            return matchAllQuery();
        }
        ObjectNode range = object();
        range.putObject(ScoreIndex.NUMBER).put("lt", slow);
        return wrapped("range", range);
    }

    private static ObjectNode scripted(ObjectNode query, String language, String source, ObjectNode parameters) {
        ObjectNode members = object();
        members.set("query", query);
        ObjectNode script = members.putObject("script").put("lang", language).put("source", source);
        script.set("params", parameters);
        return wrapped("script_score", members);
    }

    private static ObjectNode matchAllQuery() {
        return wrapped("match_all", object());
    }

    private static ObjectNode wrapped(String name, ObjectNode members) {
        ObjectNode query = object();
        query.set(name, members);
        return query;
    }

    private static ArrayNode array(float[] vector) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode(vector.length);
        for (float value : vector) {
            array.add(value);
        }
        return array;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static String resource(String name) {
        try (InputStream in = Contenders.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
