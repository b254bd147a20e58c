package org.opensearch.ralm.plugin.refresh;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.opensearch.action.bulk.BulkItemResponse;
import org.opensearch.action.bulk.BulkRequest;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.ralm.plugin.click.ListedClick;
import org.opensearch.ralm.plugin.seeds.BlockMaker;
import org.opensearch.ralm.plugin.seeds.SeedsProcessor;
import org.opensearch.transport.client.Client;

/**
 * Turns the seeds that a candidate lists into clicks, where its block was made before its feed had clicks, or a write
 * bypassed the processor: no seed is lost when the clicks begin to be counted. They count as older than any click.
 */
final class ListedSeeds {

    private static final int USERS_A_BATCH = 1_000;

    private final DocumentStore documents;
    private final BlockMaker maker;
    private final SeedVectors vectors;

    ListedSeeds(Client client, DocumentStore documents, BlockMaker maker) {
        this.documents = documents;
        this.maker = maker;
        this.vectors = new SeedVectors(client, maker);
    }

    /** The users a candidate lists, in their order. */
    static Set<String> users(Map<String, Object> source) {
        Set<String> users = new LinkedHashSet<>();
        if (source.get(SeedsProcessor.SEEDS_FIELD) instanceof List<?> listed) {
            listed.forEach(user -> users.add(String.valueOf(user)));
        }
        return users;
    }

    /**
     * Writes clicks for the listed users of whom there is none.
     *
     * @param source the candidate
     * @return whether there were any
     */
    boolean becomeClicks(String candidate, Map<String, Object> source, ClickSnapshot snapshot) throws IOException {
        Set<String> users = users(source);
        ClickCursor clicks = users.isEmpty() ? null : snapshot.clicksOf(candidate);
        while (users.isEmpty() == false && clicks.next()) {
            users.remove(clicks.user());
        }
        List<String> missing = new ArrayList<>(users);
        for (int from = 0; from < missing.size(); from += USERS_A_BATCH) {
            write(candidate, missing.subList(from, Math.min(missing.size(), from + USERS_A_BATCH)));
        }
        return missing.isEmpty() == false;
    }

    private void write(String candidate, List<String> users) {
        Map<String, float[]> known = vectors.of(users);
        Instant now = Instant.now();
        BulkRequest creations = new BulkRequest();
        for (String user : users) {
            creations.add(ListedClick.creation(maker.feed(), candidate, user, known.get(user), now));
        }
        for (BulkItemResponse item : documents.write(creations)) {
            if (item.isFailed() && item.status() != RestStatus.CONFLICT) {
                throw new IllegalStateException(
                        "seed of candidate [" + candidate + "] could not be written as a click",
                        item.getFailure().getCause());
            }
        }
    }
}
