package org.opensearch.ralm.plugin.click;

import java.util.Map;
import org.opensearch.common.time.DateFormatter;
import org.opensearch.common.time.DateFormatters;
import org.opensearch.ingest.IngestDocument;
import org.opensearch.ingest.IngestDocument.Metadata;
import org.opensearch.ralm.plugin.feed.Feed;
import org.opensearch.ralm.plugin.system.ShownValue;

/** One click on its way into the index: checked, and completed but for its vector. */
final class ClickWrite {

    private static final DateFormatter TIMES = DateFormatter.forPattern("strict_date_optional_time||epoch_millis");
    private static final String ID = Metadata.ID.getFieldName();
    private static final String ROUTING = Metadata.ROUTING.getFieldName();

    private final Map<String, Object> fields;
    private final String user;

    /**
     * Checks a click and gives it its id, its routing and its times.
     *
     * @param received the time now, in milliseconds since 1970
     * @throws IllegalArgumentException if a member is missing or is not what it has to be
     */
    ClickWrite(IngestDocument document, long received) {
        this.fields = document.getSourceAndMetadata();
        this.user = id(ClickFields.USER);
        String candidate = id(ClickFields.CANDIDATE);
        String id = ClickId.of(candidate, user);
        requireUnlessMissing(ID, id);
        requireUnlessMissing(ROUTING, candidate);
        Object time = fields.get(ClickFields.TIME);
        requireTime(time);
        forgetVectors();
        fields.put(ID, id);
        fields.put(ROUTING, candidate);
        fields.put(ClickFields.RECEIVED, received);
        if (time == null) {
            fields.put(ClickFields.TIME, received);
        }
    }

    String user() {
        return user;
    }

    /** Gives the click its vector of a feed's model; null if its user has none. */
    void complete(Feed feed, String vector) {
        VectorFields.of(feed).put(fields, feed.model(), vector);
    }

    /** Leaves it to the refresh to give the click its vector. */
    void completeLater() {
        VectorFields.ofSlot(0).put(fields, null, null);
    }

    /** Takes away what the client says in the members of vectors. */
    private void forgetVectors() {
        VectorFields.ofSlot(0).remove(fields);
        VectorFields.ofSlot(1).remove(fields);
    }

    private String id(String field) {
        Object value = fields.get(field);
        if (value instanceof String id && id.isEmpty() == false) {
            return id;
        }
        throw new IllegalArgumentException(
                value == null
                        ? "[" + field + "] of a click is missing"
                        : "[" + field + "] of a click must be an id, which is a string that is not empty, but is ["
                                + ShownValue.of(value) + "]");
    }

    private void requireUnlessMissing(String field, String expected) {
        Object given = fields.get(field);
        if (given != null && given.equals(expected) == false) {
            throw new IllegalArgumentException("[" + field + "] of a click must be [" + expected
                    + "], or be left out, but is [" + ShownValue.of(given) + "]");
        }
    }

    private static void requireTime(Object time) {
        if (time == null || time instanceof Long || time instanceof Integer || isTime(time)) {
            return;
        }
        throw new IllegalArgumentException("[" + ClickFields.TIME + "] of a click must be a date, such as "
                + "[2019-08-04T10:00:00Z], or milliseconds since 1970, but is [" + ShownValue.of(time) + "]");
    }

    private static boolean isTime(Object time) {
        try {
            return time instanceof String text && DateFormatters.from(TIMES.parse(text)) != null;
        } catch (RuntimeException e) {
            return false;
        }
    }
}
