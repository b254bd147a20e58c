package org.opensearch.ralm.trainer.bench.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.opensearch.ralm.trainer.publish.BackOff;
import org.opensearch.ralm.trainer.publish.ClusterClient;
import org.opensearch.ralm.trainer.publish.ClusterException;
import org.opensearch.ralm.trainer.publish.ErrorReason;

/** Writes candidates, new ones and those there are again, each with a few seeds, until every one is acknowledged. */
final class CandidateLoad {

    /** The field by which a write of a candidate is known. */
    static final String REVISION = "revision";

    private static final int CONFLICT = 409;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SEEDS = 3;
    private static final int REWRITTEN = 4;

    private final ClusterClient client;
    private final String path;
    private final BackOff backOff;
    private final Ledger ledger;
    private final AtomicInteger candidates = new AtomicInteger();
    private final Random random = new Random();
    private long revision;

    /** A candidate to be written. */
    private record Draft(String id, long revision, List<String> seeds) {
        String lines() {
            ObjectNode action = JsonNodeFactory.instance.objectNode();
            action.putObject("index").put("_id", id);
            ObjectNode document = JsonNodeFactory.instance.objectNode().put(REVISION, revision);
            ArrayNode users = document.putArray("seed_users");
            seeds.forEach(users::add);
            return action + "\n" + document + "\n";
        }
    }

    CandidateLoad(ClusterClient client, String index, BackOff backOff, Ledger ledger) {
        this.client = client;
        this.path = "/" + index + "/_bulk";
        this.backOff = backOff;
        this.ledger = ledger;
    }

    /** The id of a candidate by its number. */
    static String id(int number) {
        return "c" + number;
    }

    /** How many candidates have been acknowledged; their numbers begin with 0. */
    int candidates() {
        return candidates.get();
    }

    /** Writes new candidates. */
    void add(int count) {
        List<Draft> drafts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            drafts.add(draft(candidates.get() + i));
        }
        write(drafts);
        candidates.addAndGet(count);
    }

    /** Writes a new candidate and some again. */
    void step() {
        add(1);
        Set<Integer> numbers = new HashSet<>();
        while (numbers.size() < REWRITTEN) {
            numbers.add(random.nextInt(candidates.get()));
        }
        write(numbers.stream().map(this::draft).toList());
    }

    private Draft draft(int number) {
        List<String> seeds = random.ints(SEEDS, 0, ChaosOptions.USERS)
                .mapToObj(user -> "u" + user)
                .distinct()
                .toList();
        return new Draft(id(number), revision++, seeds);
    }

    private void write(List<Draft> drafts) {
        List<Draft> left = drafts;
        for (int attempt = 1; left.isEmpty() == false; attempt++) {
            List<Draft> again = new ArrayList<>();
            ClusterException failure = send(left, again);
            if (again.isEmpty() == false) {
                backOff.waitAfter(attempt, failure);
            }
            left = again;
        }
    }

    /** Sends once; adds to {@code again} what is not acknowledged, and says why. */
    private ClusterException send(List<Draft> drafts, List<Draft> again) {
        JsonNode items;
        try {
            items = client.sendLinesOnce(
                            path,
                            String.join("", drafts.stream().map(Draft::lines).toList()))
                    .path("items");
        } catch (ClusterException failure) {
            requirePassing(failure);
            drafts.forEach(draft -> ledger.unanswered(draft.id, draft.revision));
            again.addAll(drafts);
            return failure;
        }
        ClusterException last = null;
        for (int i = 0; i < drafts.size(); i++) {
            Draft draft = drafts.get(i);
            JsonNode item = items.path(i).path("index");
            int status = item.path("status").asInt();
            if (status == 200 || status == 201) {
                ledger.candidate(draft.id, draft.revision, draft.seeds);
            } else {
                last = new ClusterException(
                        draft + " was refused with " + status + ": " + ErrorReason.of(item.path("error")),
                        status,
                        null);
                requirePassing(last);
                ledger.unanswered(draft.id, draft.revision);
                again.add(draft);
            }
        }
        return last;
    }

    /** What is refused for what it is will never be taken; a conflict with the refresh passes as a killed node does. */
    private static void requirePassing(ClusterException failure) {
        int status = failure.status();
        if (status != 0 && status != CONFLICT && status != TOO_MANY_REQUESTS && status < 500) {
            throw failure;
        }
    }
}
