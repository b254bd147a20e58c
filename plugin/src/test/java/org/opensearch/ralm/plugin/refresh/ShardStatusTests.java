package org.opensearch.ralm.plugin.refresh;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.opensearch.common.io.stream.BytesStreamOutput;
import org.opensearch.core.common.Strings;
import org.opensearch.core.xcontent.MediaTypeRegistry;
import org.opensearch.ralm.plugin.metrics.LoggedDocument;
import org.opensearch.test.OpenSearchTestCase;

public class ShardStatusTests extends OpenSearchTestCase {

    private static ShardStatus status(String error) {
        Cycle cycle = new Cycle(Instant.parse("2026-11-22T12:00:00Z"), 1.5, 1, 2, 3, 4, 5, 6, 7, error);
        Staleness staleness = new Staleness();
        staleness.add(1_000, Instant.now());
        return new ShardStatus(
                "clicks", 3, "node-1", 10, 20, 30, 40, 50, 60, cycle, 70, staleness.encoded(Instant.now()));
    }

    public void testItIsTheSameAfterTheWire() throws IOException {
        for (String error : new String[] {null, "no disk"}) {
            BytesStreamOutput out = new BytesStreamOutput();
            status(error).writeTo(out);
            ShardStatus read = ShardStatus.read(out.bytes().streamInput());
            assertEquals(
                    Strings.toString(MediaTypeRegistry.JSON, status(error)),
                    Strings.toString(MediaTypeRegistry.JSON, read));
            assertArrayEquals(status(error).staleness(), read.staleness());
        }
    }

    public void testItIsCompleteWhenNothingWaits() {
        assertFalse(status(null).isComplete());
    }

    public void testItsDocumentInTheMetricsHoldsWhatItDid() throws IOException {
        Map<String, Object> document = LoggedDocument.of(new CycleDocument("news", status("no disk")));
        assertEquals("cycle", document.get("kind"));
        assertEquals("news", document.get("feed"));
        assertEquals("node-1", document.get("node"));
        assertEquals(50, document.get("backlog_clicks"));
        assertEquals(1.0, (double) document.get("staleness_p50_s"), 0.01);
        assertEquals(3, document.get("written"));
        assertEquals("no disk", document.get("error"));
    }
}
