package org.opensearch.ralm.trainer.bench.score;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.opensearch.ralm.trainer.live.Quantiles;
import org.opensearch.ralm.trainer.publish.ClusterClient;

/**
 * Times contenders round after round, each round all of them for one user, so that whatever disturbs the machine hits all
 * alike, and in an order drawn for the round, so that nobody gains by who comes before him. A time is that from sending a
 * request on an open connection to having read its answer.
 */
final class Meter {

    private static final long USERS = 11;
    private static final int FEWEST_WARM_UP_ROUNDS = 10;

    private final ClusterClient client;
    private final int dimension;
    private final SplittableRandom random = new SplittableRandom(USERS);

    Meter(ClusterClient client, int dimension) {
        this.client = client;
        this.dimension = dimension;
    }

    /**
     * Times contenders.
     *
     * @param rounds how many, after a quarter as many that do not count
     */
    List<Timing> measure(List<Contender> contenders, int rounds) {
        run(contenders, Math.max(FEWEST_WARM_UP_ROUNDS, rounds / 4));
        Map<Contender, List<Double>> millis = run(contenders, rounds);
        return contenders.stream()
                .map(contender ->
                        new Timing(contender.name(), contender.documents(), Quantiles.of(millis.get(contender))))
                .toList();
    }

    /** The milliseconds of one search for a user drawn at random. */
    double time(Contender contender, SplittableRandom users) {
        return time(contender, CandidateDocuments.unitVector(users, dimension));
    }

    private Map<Contender, List<Double>> run(List<Contender> contenders, int rounds) {
        Map<Contender, List<Double>> millis = new LinkedHashMap<>();
        contenders.forEach(contender -> millis.put(contender, new ArrayList<>()));
        List<Contender> order = new ArrayList<>(contenders);
        for (int round = 0; round < rounds; round++) {
            float[] user = CandidateDocuments.unitVector(random, dimension);
            Collections.shuffle(order, random);
            for (Contender contender : order) {
                if (round % contender.every() == 0) {
                    millis.get(contender).add(time(contender, user));
                }
            }
        }
        return millis;
    }

    private double time(Contender contender, float[] user) {
        ObjectNode search = contender.search(user);
        long begin = System.nanoTime();
        JsonNode answer = client.request("POST", contender.path(), search);
        double millis = (System.nanoTime() - begin) / 1e6;
        requireAll(contender, answer);
        return millis;
    }

    /** Who skips documents, or fails on some, is not compared. */
    private static void requireAll(Contender contender, JsonNode answer) {
        boolean whole = answer.at("/_shards/failed").asInt(1) == 0
                && answer.path("timed_out").asBoolean(true) == false
                && answer.at("/hits/total/value").asInt() == contender.documents();
        if (whole == false) {
            throw new IllegalStateException(contender.name() + " should have scored " + contender.documents()
                    + " documents, but answered " + answer);
        }
    }
}
