package org.opensearch.ralm.plugin.refresh;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.opensearch.common.io.stream.BytesStreamOutput;
import org.opensearch.common.xcontent.XContentHelper;
import org.opensearch.common.xcontent.json.JsonXContent;
import org.opensearch.core.common.Strings;
import org.opensearch.core.common.bytes.BytesReference;
import org.opensearch.core.xcontent.MediaTypeRegistry;
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

    /** The mapping is strict: a field it does not know would keep every cycle out of the log. */
    @SuppressWarnings("unchecked")
    public void testTheMappingOfTheLogIsThatOfItsDocuments() throws IOException {
        Map<String, Object> document = XContentHelper.convertToMap(
                        BytesReference.bytes(CycleLog.document("news", status("no disk"))),
                        false,
                        MediaTypeRegistry.JSON)
                .v2();
        try (InputStream in = CycleLog.class.getResourceAsStream("mapping.json")) {
            String json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            Map<String, Object> mapping = XContentHelper.convertToMap(JsonXContent.jsonXContent, json, false);
            Set<String> mapped = ((Map<String, Object>) mapping.get("properties")).keySet();
            assertEquals(new HashSet<>(mapped), document.keySet());
        }
    }
}
