package org.opensearch.ralm.plugin.click;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.opensearch.action.DocWriteRequest.OpType;
import org.opensearch.action.index.IndexRequest;
import org.opensearch.ralm.plugin.feed.Feed;
import org.opensearch.ralm.plugin.ingest.CompleteDocument;

/** The click that stands for a seed which a candidate lists itself. It counts as older than any click that was sent. */
public final class ListedClick {

    private ListedClick() {}

    /**
     * A request that writes the click unless there is one. It is complete, so that no pipeline is to run on it.
     *
     * @param vector the user's look-alike vector; null if the user has none
     * @param received the time now
     * @throws IllegalArgumentException if the ids take too many bytes
     */
    public static IndexRequest creation(Feed feed, String candidate, String user, float[] vector, Instant received) {
        Map<String, Object> click = new HashMap<>();
        click.put(ClickFields.CANDIDATE, candidate);
        click.put(ClickFields.USER, user);
        click.put(ClickFields.TIME, 0);
        click.put(ClickFields.RECEIVED, received.toEpochMilli());
        VectorFields.of(feed).put(click, feed.model(), vector == null ? null : ClickFields.encoded(vector));
        return CompleteDocument.of(new IndexRequest(feed.clicks())
                .id(ClickId.of(candidate, user))
                .routing(candidate)
                .opType(OpType.CREATE)
                .source(click));
    }
}
