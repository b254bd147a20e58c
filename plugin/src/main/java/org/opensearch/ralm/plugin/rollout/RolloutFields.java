package org.opensearch.ralm.plugin.rollout;

import java.io.IOException;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.ralm.plugin.feed.Feed;
import org.opensearch.ralm.plugin.feed.Rollout;

/** What answers say of a feed's change of model: the model that searches go by, and the one beside it. */
final class RolloutFields {

    private RolloutFields() {}

    static void write(Feed feed, XContentBuilder builder) throws IOException {
        Rollout rollout = feed.rollout();
        builder.field("feed", feed.name())
                .field("state", rollout == null ? "none" : rollout.state().toString());
        builder.startObject("serving");
        model(feed, builder);
        builder.endObject();
        if (rollout == null) {
            return;
        }
        builder.startObject("beside").field("state", rollout.beside().toString());
        if (feed.beside().isPresent()) {
            model(feed.beside().get(), builder);
        }
        builder.endObject()
                .field("started_at", rollout.startedAt().toString())
                .field("changed_at", rollout.changedAt().toString());
    }

    private static void model(Feed feed, XContentBuilder builder) throws IOException {
        builder.field("model", feed.model()).field("users", feed.users()).field("field", feed.field());
    }
}
