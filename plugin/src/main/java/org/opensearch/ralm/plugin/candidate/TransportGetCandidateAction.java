package org.opensearch.ralm.plugin.candidate;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.opensearch.ResourceNotFoundException;
import org.opensearch.action.ActionType;
import org.opensearch.action.StepListener;
import org.opensearch.action.get.GetRequest;
import org.opensearch.action.get.GetResponse;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.search.SearchResponse;
import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.HandledTransportAction;
import org.opensearch.common.inject.Inject;
import org.opensearch.core.action.ActionListener;
import org.opensearch.index.query.QueryBuilders;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.plugin.candidate.CandidateResponse.Cluster;
import org.opensearch.ralm.plugin.click.ClickFields;
import org.opensearch.ralm.plugin.click.VectorFields;
import org.opensearch.ralm.plugin.exposure.ExposureField;
import org.opensearch.ralm.plugin.feed.Feed;
import org.opensearch.ralm.plugin.feed.FeedCache;
import org.opensearch.ralm.plugin.seeds.SeedObject;
import org.opensearch.ralm.plugin.seeds.SeedPath;
import org.opensearch.search.SearchHit;
import org.opensearch.search.builder.SearchSourceBuilder;
import org.opensearch.search.sort.SortOrder;
import org.opensearch.tasks.Task;
import org.opensearch.transport.TransportService;
import org.opensearch.transport.client.Client;

/**
 * Shows one candidate. Its document and its newest clicks are read as the user who asks, who must be allowed to read
 * both indices.
 */
public final class TransportGetCandidateAction extends HandledTransportAction<GetCandidateRequest, CandidateResponse> {

    static final ActionType<CandidateResponse> TYPE =
            new ActionType<>("cluster:monitor/opensearch/ralm/candidate/get", CandidateResponse::new);

    /** The members that are shown as they are stored, if they are. */
    private static final List<String> MEMBERS = List.of(
            "seed_count",
            "unknown_users",
            "state",
            "model",
            "refreshed_at",
            "clustered_at",
            "clustered_count",
            "clicks_1h",
            "clicks_24h",
            ExposureField.TOP_5_PERCENT);

    /** How many of the newest clicks are looked at for users who are typical of a cluster. */
    private static final int NEWEST_CLICKS = 1_000;

    private final Client client;
    private final FeedCache feeds;

    /** Made by the node. */
    @Inject
    public TransportGetCandidateAction(
            TransportService transportService, ActionFilters actionFilters, Client client, FeedCache feeds) {
        super(TYPE.name(), transportService, actionFilters, GetCandidateRequest::new);
        this.client = client;
        this.feeds = feeds;
    }

    @Override
    protected void doExecute(Task task, GetCandidateRequest request, ActionListener<CandidateResponse> listener) {
        StepListener<Feed> feed = new StepListener<>();
        StepListener<GetResponse> candidate = new StepListener<>();
        feed.whenComplete(
                found -> client.get(
                        new GetRequest(found.candidates(), request.id()).routing(request.routing()), candidate),
                listener::onFailure);
        candidate.whenComplete(found -> show(feed.result(), found, request.top(), listener), listener::onFailure);
        feeds.get(request.feed(), feed);
    }

    private void show(Feed feed, GetResponse candidate, int top, ActionListener<CandidateResponse> listener) {
        if (candidate.isExists() == false) {
            throw new ResourceNotFoundException(
                    "candidate [{}] is not in index [{}] of feed [{}]",
                    candidate.getId(),
                    feed.candidates(),
                    feed.name());
        }
        Map<String, Object> found = SeedPath.object(candidate.getSourceAsMap(), feed.field());
        Map<String, Object> object = found == null ? Map.of() : found;
        SeedBlock block = SeedObject.block(object);
        if (block == null || SeedObject.isContent(object)) {
            listener.onResponse(response(feed, candidate, object, List.of()));
            return;
        }
        NearestSeeds seeds = new NearestSeeds(block.clusters());
        if (top == 0 || feed.hasClicks() == false || feed.model().equals(object.get("model")) == false) {
            listener.onResponse(response(feed, candidate, object, seeds.clusters(0)));
            return;
        }
        client.search(newestClicks(feed, candidate.getId()), ActionListener.map(listener, clicks -> {
            add(clicks, VectorFields.of(feed), seeds, block.dimension());
            return response(feed, candidate, object, seeds.clusters(top));
        }));
    }

    private static SearchRequest newestClicks(Feed feed, String candidate) {
        SearchSourceBuilder source = new SearchSourceBuilder()
                .query(QueryBuilders.boolQuery()
                        .filter(QueryBuilders.termQuery(ClickFields.CANDIDATE, candidate))
                        .filter(QueryBuilders.termQuery(VectorFields.of(feed).model(), feed.model())))
                .sort(ClickFields.TIME, SortOrder.DESC)
                .fetchSource(
                        new String[] {ClickFields.USER, VectorFields.of(feed).vector()}, null)
                .trackTotalHits(false)
                .size(NEWEST_CLICKS);
        return new SearchRequest(feed.clicks()).routing(candidate).source(source);
    }

    private static void add(SearchResponse clicks, VectorFields fields, NearestSeeds seeds, int dimension) {
        for (SearchHit click : clicks.getHits()) {
            Map<String, Object> source = click.getSourceAsMap();
            // A field that the caller must not see is missing.
            if (source.get(fields.vector()) instanceof String vector
                    && source.get(ClickFields.USER) instanceof String user) {
                byte[] bytes = Base64.getDecoder().decode(vector);
                if (bytes.length == dimension * Float.BYTES) {
                    seeds.add(user, ClickFields.decoded(bytes, 0, bytes.length));
                }
            }
        }
    }

    private static CandidateResponse response(
            Feed feed, GetResponse candidate, Map<String, Object> object, List<Cluster> clusters) {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("index", candidate.getIndex());
        for (String member : MEMBERS) {
            if (object.get(member) != null) {
                state.put(member, object.get(member));
            }
        }
        state.putIfAbsent("seed_count", 0);
        state.putIfAbsent("state", isCold(state, feed) ? "cold" : "warm");
        putAge(state, "refreshed_at", "refreshed_seconds_ago");
        putAge(state, "clustered_at", "clustered_seconds_ago");
        return new CandidateResponse(feed.name(), candidate.getId(), state, clusters);
    }

    private static boolean isCold(Map<String, Object> state, Feed feed) {
        return state.get("seed_count") instanceof Number seeds
                && seeds.longValue() < feed.seeds().minSeeds();
    }

    private static void putAge(Map<String, Object> state, String member, String age) {
        if (state.get(member) instanceof String time) {
            try {
                state.put(
                        age,
                        Duration.between(Instant.parse(time), Instant.now()).toMillis() / 1e3);
            } catch (DateTimeParseException e) {
                // A time that somebody else wrote in another way is shown without its age.
                state.remove(age);
            }
        }
    }
}
