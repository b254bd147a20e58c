package org.opensearch.ralm.plugin.audience;

import java.util.List;
import java.util.Map;
import org.opensearch.ResourceNotFoundException;
import org.opensearch.action.StepListener;
import org.opensearch.action.get.GetRequest;
import org.opensearch.action.get.GetResponse;
import org.opensearch.core.action.ActionListener;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.plugin.exposure.ExposureField;
import org.opensearch.ralm.plugin.exposure.ExposureThresholds;
import org.opensearch.ralm.plugin.exposure.ScoringFingerprint;
import org.opensearch.ralm.plugin.feed.Feed;
import org.opensearch.ralm.plugin.feed.FeedCache;
import org.opensearch.ralm.plugin.model.ModelCache;
import org.opensearch.ralm.plugin.seeds.SeedObject;
import org.opensearch.ralm.plugin.seeds.SeedPath;
import org.opensearch.ralm.plugin.seeds.SeedsProcessor;
import org.opensearch.ralm.plugin.system.Memory;
import org.opensearch.search.fetch.subphase.FetchSourceContext;
import org.opensearch.transport.client.Client;

/**
 * Finds what a request names: feed and model in the node's caches, which read them as the plugin, candidate and seeds as
 * the user who asks, who therefore needs the right to read candidates and clicks.
 */
final class CachedAudienceResolver implements AudienceResolver {

    private final FeedCache feeds;
    private final ModelCache models;
    private final Memory memory;

    /**
     * @param memory accounts for the seeds while they are read
     */
    CachedAudienceResolver(FeedCache feeds, ModelCache models, Memory memory) {
        this.memory = memory;
        this.feeds = feeds;
        this.models = models;
    }

    @Override
    public void resolve(AudienceRequest request, Client client, ActionListener<ResolvedAudience> listener) {
        StepListener<Feed> feed = new StepListener<>();
        StepListener<LookalikeModel> model = new StepListener<>();
        StepListener<GetResponse> candidate = new StepListener<>();
        feed.whenComplete(found -> models.get(found.model(), model), listener::onFailure);
        model.whenComplete(found -> client.get(candidate(request, feed.result()), candidate), listener::onFailure);
        candidate.whenComplete(
                found -> resolve(request, feed.result(), model.result(), found, client, listener), listener::onFailure);
        feeds.get(request.feed(), feed);
    }

    private static GetRequest candidate(AudienceRequest request, Feed feed) {
        String[] fields = {feed.field(), ExposureField.beside(feed.field()), SeedsProcessor.SEEDS_FIELD};
        return new GetRequest(feed.candidates(), request.candidate())
                .routing(request.routing())
                .fetchSourceContext(new FetchSourceContext(true, fields, null));
    }

    private void resolve(
            AudienceRequest request,
            Feed feed,
            LookalikeModel model,
            GetResponse candidate,
            Client client,
            ActionListener<ResolvedAudience> listener) {
        if (candidate.isExists() == false) {
            throw new ResourceNotFoundException(
                    "candidate [{}] is not in index [{}] of feed [{}]",
                    request.candidate(),
                    feed.candidates(),
                    feed.name());
        }
        Map<String, Object> source = candidate.getSourceAsMap();
        Map<String, Object> found = SeedPath.object(source, feed.field());
        Map<String, Object> object = found == null ? Map.of() : found;
        SeedBlock block = block(request, feed, model, object);
        double lowest = request.exposure() == null
                ? Double.NEGATIVE_INFINITY
                : thresholds(request, feed, model, object)
                        .admitting(request.exposure().topPercent());
        ActionListener<List<String>> seeds =
                ActionListener.map(listener, excluded -> ResolvedAudience.of(request, block, model, lowest, excluded));
        if (request.excludeSeeds()) {
            new CandidateSeeds(client, feed, request.candidate(), memory).users(source, seeds);
        } else {
            seeds.onResponse(List.of());
        }
    }

    private static SeedBlock block(
            AudienceRequest request, Feed feed, LookalikeModel model, Map<String, Object> object) {
        SeedBlock block = SeedObject.block(object);
        if (block == null) {
            throw fault(
                    request,
                    feed,
                    "has no seed block in field [" + feed.field() + "]: it has no seeds, or the "
                            + "refresh has not counted them yet");
        }
        if (block.fingerprint() != model.fingerprint() || block.dimension() != model.dimension()) {
            throw fault(
                    request,
                    feed,
                    "has a seed block of another model than [" + feed.model() + "], which the refresh will renew");
        }
        return block;
    }

    private static ExposureThresholds thresholds(
            AudienceRequest request, Feed feed, LookalikeModel model, Map<String, Object> object) {
        ExposureThresholds thresholds = ExposureField.in(object);
        if (thresholds == null || thresholds.isOf(ScoringFingerprint.of(model)) == false) {
            throw fault(
                    request,
                    feed,
                    "has no exposure thresholds of model [" + feed.model()
                            + "] yet, which [top_percent] needs; _status of the feed says whether the refresh makes them");
        }
        return thresholds;
    }

    private static IllegalArgumentException fault(AudienceRequest request, Feed feed, String problem) {
        return new IllegalArgumentException(
                "candidate [" + request.candidate() + "] of feed [" + feed.name() + "] " + problem);
    }
}
