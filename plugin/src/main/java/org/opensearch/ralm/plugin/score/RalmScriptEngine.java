package org.opensearch.ralm.plugin.score;

import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.lucene.search.IndexSearcher;
import org.opensearch.index.mapper.MapperService;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.plugin.model.ModelCache;
import org.opensearch.ralm.plugin.stats.RalmStats;
import org.opensearch.ralm.plugin.stats.Stat;
import org.opensearch.ralm.plugin.system.PluginSwitch;
import org.opensearch.script.ScoreScript;
import org.opensearch.script.ScriptContext;
import org.opensearch.script.ScriptEngine;
import org.opensearch.search.lookup.SearchLookup;

/**
 * The script language {@code ralm}, with the one source {@code ralm_score}, for scores only.
 *
 * <p>Parameters: {@code field}, {@code user_vector}, {@code model}, and if wanted {@code alpha}, {@code beta},
 * {@code score} and {@code popularity}, as in the query of the same name, and with equal scores. A script is made on a search thread, which
 * must not wait, so the model has to be in the node's memory. Uploading a model puts it there on all nodes; where it is
 * not, after a restart say, the first request is refused with a 400 while the model is fetched. The query waits
 * instead.
 */
final class RalmScriptEngine implements ScriptEngine {

    static final String LANGUAGE = "ralm";
    static final String SOURCE = "ralm_score";

    private final Supplier<ModelCache> models;
    private final RalmStats stats;
    private final PluginSwitch pluginSwitch;

    RalmScriptEngine(Supplier<ModelCache> models, RalmStats stats, PluginSwitch pluginSwitch) {
        this.pluginSwitch = pluginSwitch;
        this.models = models;
        this.stats = stats;
    }

    @Override
    public String getType() {
        return LANGUAGE;
    }

    @Override
    public Set<ScriptContext<?>> getSupportedContexts() {
        return Set.of(ScoreScript.CONTEXT);
    }

    @Override
    public <T> T compile(String name, String source, ScriptContext<T> context, Map<String, String> options) {
        if (context.equals(ScoreScript.CONTEXT) == false) {
            throw new IllegalArgumentException(
                    "[" + LANGUAGE + "] scripts compute scores and cannot be used for [" + context.name + "]");
        }
        if (SOURCE.equals(source) == false) {
            throw new IllegalArgumentException("unknown [" + LANGUAGE + "] script [" + RequestMembers.shown(source)
                    + "], expected [" + SOURCE + "]");
        }
        return context.factoryClazz.cast(new Factory());
    }

    /** The scripts of one source; the parameters make the difference. */
    private final class Factory implements ScoreScript.Factory {

        /** The id of a model that was deleted may be another's next day, so shards must not remember answers. */
        @Override
        public boolean isResultDeterministic() {
            return false;
        }

        @Override
        public ScoreScript.LeafFactory newFactory(
                Map<String, Object> params, SearchLookup lookup, IndexSearcher searcher) {
            pluginSwitch.requireOn("script [" + SOURCE + "]");
            ScoreParameters asked = parameters(params);
            MapperService mapping = lookup.doc().mapperService();
            ScoreParameters parameters = SeedFieldCheck.check(mapping.fieldType(asked.field()), asked);
            HitScores scores = HitScores.of(parameters, mapping::fieldType, lookup.doc()::getForField);
            stats.count(Stat.SCRIPTS);
            return new RalmScoreScript.Leaves(scores, params, lookup, searcher, stats);
        }

        private ScoreParameters parameters(Map<String, Object> params) {
            ScoreRequest request = ScoreRequest.of(params);
            if (request.feed() != null) {
                throw new IllegalArgumentException("a [" + LANGUAGE
                        + "] script cannot look up the user of a feed: give it [field], [user_vector] and [model], or "
                        + "use the query [" + RalmScoreQueryBuilder.NAME + "]");
            }
            if (request.exposure() != null) {
                throw new IllegalArgumentException("a [" + LANGUAGE + "] script cannot leave candidates out, so it has "
                        + "no [exposure]: use the query [" + RalmScoreQueryBuilder.NAME + "]");
            }
            LookalikeModel model = models.get().peek(request.model());
            if (model == null) {
                throw new IllegalArgumentException("model [" + request.model()
                        + "] is not in this node's memory; if it exists it is being fetched now: try again, or use the "
                        + "query [" + RalmScoreQueryBuilder.NAME + "], which waits for it");
            }
            return ScoreParameters.of(request, request.field(), request.userVector(), model);
        }
    }
}
