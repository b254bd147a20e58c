package org.opensearch.ralm.trainer.bench.chaos;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.opensearch.ralm.trainer.publish.ClusterClient;
import org.opensearch.ralm.trainer.publish.ClusterException;

/**
 * Has the feed go over to another model, back and over again, each as soon as it is due and the one before is done,
 * whatever breaks meanwhile. Used by one thread at a time.
 */
final class ModelChanges {

    private static final String FEED = "/_plugins/_ralm/feeds/" + ChaosFeed.NAME;
    private static final String PREPARING = "preparing";

    private final ClusterClient client;
    private final ObjectNode activation;
    private final DoubleSupplier clock;
    private final Consumer<String> out;
    private final List<Step> steps;
    private final List<Done> done = new ArrayList<>();
    private double asked = Double.NaN;

    /** What is asked for, and which state, not that of the step before, it ends in. */
    private record Step(String route, double due, String state) {}

    /** What was asked for, and when it was done. */
    private record Done(Step step, double asked, double done) {}

    /**
     * @param model the other model, published already
     * @param clock seconds since the load began
     * @param seconds how long there are faults from now on
     * @param out takes lines for people
     */
    ModelChanges(ClusterClient client, KnownModel model, DoubleSupplier clock, double seconds, Consumer<String> out) {
        this.client = client;
        this.activation = JsonNodeFactory.instance.objectNode();
        activation.put("model", model.id()).put("users", model.usersIndex());
        this.clock = clock;
        this.out = out;
        double begin = clock.getAsDouble();
        this.steps = List.of(
                new Step("_activate", begin + 0.1 * seconds, "active"),
                new Step("_rollback", begin + 0.5 * seconds, "rolled_back"),
                new Step("_activate", begin + 0.75 * seconds, "active"));
    }

    /** Does what is due. */
    void step() {
        if (done.size() == steps.size() || clock.getAsDouble() < steps.get(done.size()).due) {
            return;
        }
        Step step = steps.get(done.size());
        try {
            String state =
                    client.request("GET", FEED + "/_rollout").path("state").asText();
            if (state.equals(step.state)) {
                done.add(new Done(step, asked, clock.getAsDouble()));
                asked = Double.NaN;
                out.accept(step.route + " is done");
            } else if (state.equals(PREPARING) == false) {
                ask(step);
            }
        } catch (ClusterException failure) {
            requirePassing(failure);
        }
    }

    /** Adds what was asked for when, and when it was done. */
    void describe(ArrayNode json) {
        for (Done change : done) {
            json.addObject()
                    .put("route", change.step.route)
                    .put("asked_at_s", Math.round(change.asked))
                    .put("done_at_s", Math.round(change.done));
        }
        if (Double.isNaN(asked) == false) {
            json.addObject().put("route", steps.get(done.size()).route).put("asked_at_s", Math.round(asked));
        }
    }

    /** May be asked for again while it is not under way: nobody knows what became of a request without an answer. */
    private void ask(Step step) {
        if (Double.isNaN(asked)) {
            asked = clock.getAsDouble();
            out.accept(step.route);
        }
        if (step.route.equals("_activate")) {
            client.request("POST", FEED + "/_activate", activation);
        } else {
            client.request("POST", FEED + "/_rollback");
        }
    }

    /** A cluster of which a part is down answers with all kinds of 5xx, or that something is not ready yet. */
    private static void requirePassing(ClusterException failure) {
        int status = failure.status();
        if (status != 0 && status != 409 && status != 429 && status < 500) {
            throw failure;
        }
    }
}
