package org.opensearch.ralm.plugin.metrics;

import java.io.IOException;
import org.opensearch.core.xcontent.XContentBuilder;

/** What one document of the metrics says, beside when. The mapping is strict and has to know all of its fields. */
public interface MetricsDocument {

    /** What the document is about, as its field {@code kind} says it. */
    String kind();

    /** Writes the fields of its own into the document's object. */
    void writeFields(XContentBuilder builder) throws IOException;
}
