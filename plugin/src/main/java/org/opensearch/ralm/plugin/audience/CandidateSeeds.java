package org.opensearch.ralm.plugin.audience;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.search.SearchResponse;
import org.opensearch.core.action.ActionListener;
import org.opensearch.index.query.QueryBuilders;
import org.opensearch.ralm.plugin.click.ClickFields;
import org.opensearch.ralm.plugin.feed.Feed;
import org.opensearch.ralm.plugin.seeds.SeedsProcessor;
import org.opensearch.ralm.plugin.system.Memory;
import org.opensearch.ralm.plugin.system.Reservation;
import org.opensearch.search.SearchHit;
import org.opensearch.search.builder.SearchSourceBuilder;
import org.opensearch.search.sort.SortOrder;
import org.opensearch.transport.client.Client;

/** Reads who a candidate's seeds are: those its document lists, and in a feed with clicks everybody who clicked. */
final class CandidateSeeds {

    /** How many there may be to be left out of an audience. */
    static final int MOST = 65_536;

    private static final int USERS_A_PAGE = 10_000;

    /** An id, twice, and the objects around it. */
    private static final long BYTES_A_USER = 200;

    private final Client client;
    private final Feed feed;
    private final String candidate;
    private final Memory memory;
    private final Set<String> users = new LinkedHashSet<>();

    /**
     * @param client acts as the user who asks
     * @param memory accounts for the ids while they are read
     */
    CandidateSeeds(Client client, Feed feed, String candidate, Memory memory) {
        this.memory = memory;
        this.client = client;
        this.feed = feed;
        this.candidate = candidate;
    }

    /**
     * Answers with their ids; fails where there are too many.
     *
     * @param source the candidate
     */
    void users(Map<String, Object> source, ActionListener<List<String>> listener) {
        Reservation room = memory.reserve(BYTES_A_USER * MOST, "ralm_audience");
        read(source, ActionListener.runBefore(listener, room::close));
    }

    private void read(Map<String, Object> source, ActionListener<List<String>> listener) {
        if (source.get(SeedsProcessor.SEEDS_FIELD) instanceof List<?> listed) {
            listed.forEach(user -> users.add(String.valueOf(user)));
        }
        if (feed.hasClicks()) {
            readPage(null, listener);
        } else {
            ActionListener.completeWith(listener, this::all);
        }
    }

    private void readPage(Object[] after, ActionListener<List<String>> listener) {
        SearchSourceBuilder source = new SearchSourceBuilder()
                .query(QueryBuilders.termQuery(ClickFields.CANDIDATE, candidate))
                .sort(ClickFields.USER, SortOrder.ASC)
                .fetchSource(false)
                .trackTotalHits(false)
                .size(USERS_A_PAGE);
        if (after != null) {
            source.searchAfter(after);
        }
        SearchRequest request = new SearchRequest(feed.clicks())
                .routing(candidate)
                .allowPartialSearchResults(false)
                .source(source);
        client.search(request, ActionListener.wrap(page -> take(page, listener), listener::onFailure));
    }

    private void take(SearchResponse page, ActionListener<List<String>> listener) {
        SearchHit[] hits = page.getHits().getHits();
        for (SearchHit click : hits) {
            users.add((String) click.getSortValues()[0]);
        }
        if (hits.length < USERS_A_PAGE || users.size() > MOST) {
            ActionListener.completeWith(listener, this::all);
        } else {
            readPage(hits[hits.length - 1].getSortValues(), listener);
        }
    }

    private List<String> all() {
        if (users.size() > MOST) {
            throw new IllegalArgumentException(
                    "candidate [" + candidate + "] of feed [" + feed.name() + "] has more than " + MOST
                            + " seeds, which is the most that [exclude_seeds] can leave out; set it to false");
        }
        return new ArrayList<>(users);
    }
}
