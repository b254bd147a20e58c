package org.opensearch.ralm.trainer.bench.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.opensearch.ralm.trainer.server.ServerNode;

/**
 * Searches for random users on random nodes, one in four times for several at once, and checks the answers. A query is
 * sent once more, to another node, if the process that was asked has died; any other missing answer is a failure.
 */
final class QueryLoad {

    private static final int SIZE = 20;
    private static final int AT_ONCE = 3;
    private static final long DEATH_NANOS = 3_000_000_000L;
    private static final long PAUSE_NANOS = 50_000_000;

    private final ChaosCluster cluster;
    private final Supplier<FaultKind> fault;
    private final ScoreCheck check;
    private final Tally tally;
    private final OneNode client = new OneNode();
    private final Random random = new Random();

    /**
     * @param fault the one whose traces are not gone yet, or null
     */
    QueryLoad(ChaosCluster cluster, Supplier<FaultKind> fault, ScoreCheck check, Tally tally) {
        this.cluster = cluster;
        this.fault = fault;
        this.check = check;
        this.tally = tally;
    }

    /** Searches once. */
    void step() {
        List<String> users = random.nextInt(4) == 0 ? users(AT_ONCE) : users(1);
        FaultKind before = fault.get();
        try {
            Optional<OneNode.Answer> answer = ask(users, cluster.serving(), true);
            FaultKind during = before == null ? fault.get() : before;
            if (answer.isEmpty()) {
                count(users, Outcome.UNAVAILABLE, during, "");
            } else {
                judge(users, answer.get(), during);
            }
        } catch (IOException failure) {
            count(users, Outcome.FAILED, before == null ? fault.get() : before, "no answer: " + failure);
        }
    }

    private List<String> users(int count) {
        List<String> users = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            users.add("u" + random.nextInt(ChaosOptions.USERS));
        }
        return users;
    }

    /** Nothing if no node runs that could be asked. */
    private Optional<OneNode.Answer> ask(List<String> users, List<ServerNode> nodes, boolean again) throws IOException {
        if (nodes.isEmpty()) {
            return Optional.empty();
        }
        ServerNode node = nodes.get(random.nextInt(nodes.size()));
        Optional<ProcessHandle> asked = node.process();
        try {
            return Optional.of(send(node, users));
        } catch (IOException failure) {
            if (hasDied(node, asked) == false) {
                throw failure;
            }
            // Not from the old list: one of it may have ended, too, and be about to start.
            List<ServerNode> others = cluster.serving().stream()
                    .filter(other -> other != node && other.isAlive())
                    .toList();
            return again ? ask(users, others, false) : Optional.empty();
        }
    }

    private OneNode.Answer send(ServerNode node, List<String> users) throws IOException {
        if (users.size() == 1) {
            byte[] body = bytes(
                    ScoreCheck.search(ChaosFeed.NAME, users.getFirst(), SIZE).toString());
            return client.post(node.url(), "/" + ChaosFeed.NAME + "/_search", body);
        }
        StringBuilder lines = new StringBuilder();
        for (String user : users) {
            lines.append("{}\n")
                    .append(ScoreCheck.search(ChaosFeed.NAME, user, SIZE))
                    .append('\n');
        }
        return client.post(node.url(), "/" + ChaosFeed.NAME + "/_msearch", bytes(lines.toString()));
    }

    /** Whether the process that was asked has ended; the system may tell of it a little later than the connection. */
    private static boolean hasDied(ServerNode node, Optional<ProcessHandle> asked) {
        long deadline = System.nanoTime() + DEATH_NANOS;
        while (asked.isPresent() && node.process().equals(asked)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return true;
    }

    private void judge(List<String> users, OneNode.Answer answer, FaultKind during) {
        JsonNode several = answer.json().path("responses");
        if (users.size() == 1 || answer.status() != 200) {
            users.forEach(user -> judge(user, answer.status(), answer.json(), during));
        } else {
            for (int i = 0; i < users.size(); i++) {
                JsonNode one = several.path(i);
                judge(users.get(i), one.path("status").asInt(), one, during);
            }
        }
    }

    private void judge(String user, int status, JsonNode answer, FaultKind during) {
        Outcome outcome = Verdict.of(status, answer, during != null);
        tally.count(check.check(answer, user));
        int hits = answer.at("/hits/hits").size();
        if (outcome != Outcome.ANSWERED) {
            tally.count(outcome, during, status + " " + shortened(answer));
        } else if (hits < SIZE) {
            tally.count(Outcome.FAILED, during, "only " + hits + " hits, though all candidates have seeds");
        } else {
            tally.count(outcome, during, "");
        }
    }

    private void count(List<String> users, Outcome outcome, FaultKind during, String example) {
        users.forEach(user -> tally.count(outcome, during, example));
    }

    private static String shortened(JsonNode answer) {
        String text = (answer.has("error") ? answer.path("error") : answer.path("_shards")).toString();
        return text.substring(0, Math.min(600, text.length()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
