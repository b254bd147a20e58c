package org.opensearch.ralm.plugin.score;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.opensearch.index.IndexSettings;
import org.opensearch.index.shard.SearchOperationListener;
import org.opensearch.plugins.SearchPipelinePlugin;
import org.opensearch.plugins.SearchPlugin.ProfileMetricsProvider;
import org.opensearch.plugins.SearchPlugin.QuerySpec;
import org.opensearch.plugins.SearchPlugin.SearchExtSpec;
import org.opensearch.ralm.kernel.SeedBlockKernel;
import org.opensearch.ralm.plugin.feed.FeedCache;
import org.opensearch.ralm.plugin.model.ModelCache;
import org.opensearch.ralm.plugin.stats.RalmStats;
import org.opensearch.ralm.plugin.system.PluginSwitch;
import org.opensearch.script.ScriptEngine;
import org.opensearch.search.deciders.ConcurrentSearchRequestDecider;
import org.opensearch.search.fetch.FetchSubPhase;
import org.opensearch.search.pipeline.Processor;
import org.opensearch.search.pipeline.SearchRequestProcessor;

/**
 * What the node needs to know of scoring: the query, the script and the vote on concurrent search.
 *
 * <p>Queries are registered before the node has a client, so feeds and models are handed in later, by {@link #start}.
 */
public final class Scoring {

    private static final Logger LOGGER = LogManager.getLogger(Scoring.class);

    private final RalmStats stats;
    private final PluginSwitch pluginSwitch;
    private volatile ScoreResolver resolver;
    private volatile ModelCache models;

    /**
     * @param stats the node's counters
     * @param pluginSwitch whether the plugin is on
     */
    public Scoring(RalmStats stats, PluginSwitch pluginSwitch) {
        this.pluginSwitch = pluginSwitch;
        this.stats = stats;
    }

    /** Hands in what requests are resolved with; to be called before the node serves any. */
    public void start(FeedCache feeds, ModelCache nodeModels) {
        resolveBy(new CachedScoreResolver(feeds, nodeModels, stats));
        this.models = nodeModels;
        LOGGER.info("ralm_score computes with {}", SeedBlockKernel.arithmetic());
    }

    /** The query {@code ralm_score}. */
    public List<QuerySpec<?>> queries() {
        return List.of(new QuerySpec<>(
                RalmScoreQueryBuilder.NAME,
                in -> new RalmScoreQueryBuilder(in, this),
                parser -> RalmScoreQueryBuilder.fromXContent(parser, this)));
    }

    /** What a search request asks for in {@code ext.ralm_log}. */
    public static List<SearchExtSpec<?>> extensions() {
        return List.of(new SearchExtSpec<>(ScoreLogBuilder.NAME, ScoreLogBuilder::new, ScoreLogBuilder::fromXContent));
    }

    /** What is done with the hits that are returned. */
    public static List<FetchSubPhase> fetchPhases() {
        return List.of(new ScoreLogPhase());
    }

    /** The script language {@code ralm}. */
    public ScriptEngine scriptEngine() {
        return new RalmScriptEngine(() -> models, stats, pluginSwitch);
    }

    /** The search request processor {@code ralm_user}. */
    public Map<String, Processor.Factory<SearchRequestProcessor>> requestProcessors(
            SearchPipelinePlugin.Parameters parameters) {
        return Map.of(
                UserProcessor.TYPE,
                new UserProcessor.Factory(this::resolver, parameters.client, parameters.namedXContentRegistry));
    }

    /** Counts how long shards take. */
    public SearchOperationListener timer() {
        return new ScoreTimer(stats);
    }

    /** Votes for searching segments concurrently. */
    public static ConcurrentSearchRequestDecider.Factory concurrentSearchDeciders() {
        return new ConcurrentSearchRequestDecider.Factory() {
            @Override
            public Optional<ConcurrentSearchRequestDecider> create(IndexSettings indexSettings) {
                return Optional.of(new RalmConcurrentSearchDecider());
            }
        };
    }

    /** What profiles tell of the query beside what they tell of any. */
    public static ProfileMetricsProvider profileMetrics() {
        return (context, query) -> query instanceof RalmScoreQuery ? ScoreProfile.metrics() : List.of();
    }

    void resolveBy(ScoreResolver scoreResolver) {
        this.resolver = scoreResolver;
    }

    ScoreResolver resolver() {
        return resolver;
    }

    PluginSwitch pluginSwitch() {
        return pluginSwitch;
    }

    RalmStats stats() {
        return stats;
    }
}
