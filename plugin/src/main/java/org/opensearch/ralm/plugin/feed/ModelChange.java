package org.opensearch.ralm.plugin.feed;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.opensearch.common.Nullable;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.ralm.plugin.metrics.MetricsDocument;

/**
 * What is logged of a change of a feed's model.
 *
 * @param feed the feed's name
 * @param event what has happened: {@code defined} by a {@code PUT}, or the state that the change has come to
 * @param model the model that searches go by from now on; of one that is being prepared, or was cancelled, that one
 * @param previousModel the model that searches went by before, or still do; null if there is none
 * @param seconds how long ago the change was asked for
 */
record ModelChange(String feed, String event, String model, @Nullable String previousModel, double seconds)
        implements MetricsDocument {

    /**
     * What has changed by a write of a feed, if that concerns its model.
     *
     * @param before the feed as it was; null if there was none
     */
    static List<ModelChange> of(@Nullable Feed before, Feed now) {
        if (before != null && isOtherState(before.rollout(), now.rollout())) {
            return List.of(ofRollout(now, now.rollout()));
        }
        if (before == null || before.model().equals(now.model()) == false) {
            return List.of(
                    new ModelChange(now.name(), "defined", now.model(), before == null ? null : before.model(), 0));
        }
        return List.of();
    }

    private static boolean isOtherState(Rollout before, Rollout now) {
        return now != null && (before == null || before.changedAt().equals(now.changedAt()) == false);
    }

    private static ModelChange ofRollout(Feed feed, Rollout rollout) {
        boolean serves = rollout.state() == Rollout.State.ACTIVE || rollout.state() == Rollout.State.ROLLED_BACK;
        return new ModelChange(
                feed.name(),
                event(rollout.state()),
                serves ? feed.model() : rollout.model(),
                serves ? rollout.model() : feed.model(),
                Duration.between(rollout.startedAt(), rollout.changedAt()).toMillis() / 1e3);
    }

    private static String event(Rollout.State state) {
        return state == Rollout.State.ACTIVE ? "activated" : state.toString();
    }

    @Override
    public String kind() {
        return "rollout";
    }

    @Override
    public void writeFields(XContentBuilder builder) throws IOException {
        builder.field("feed", feed).field("event", event).field("model", model);
        if (previousModel != null) {
            builder.field("previous_model", previousModel);
        }
        builder.field("seconds", seconds);
    }
}
