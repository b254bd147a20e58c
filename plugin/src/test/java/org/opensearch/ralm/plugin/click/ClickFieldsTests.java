package org.opensearch.ralm.plugin.click;

import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.opensearch.test.OpenSearchTestCase;

public class ClickFieldsTests extends OpenSearchTestCase {

    public void testVectorsAreLittleEndianFloats() {
        // 1.0f is 0x3f800000, -2.0f is 0xc0000000.
        byte[] bytes = {0, 0, (byte) 0x80, 0x3f, 0, 0, 0, (byte) 0xc0};
        assertEquals(Base64.getEncoder().encodeToString(bytes), ClickFields.encoded(new float[] {1, -2}));
        assertArrayEquals(new float[] {-2}, ClickFields.decoded(bytes, 4, 4), 0);
    }

    public void testAClickHasAVectorOrSaysThatItsUserIsUnknown() {
        Map<String, Object> click = new HashMap<>(Map.of("candidate", "a", "user", "u"));
        VectorFields.ofSlot(0).put(click, "m1", null);
        assertEquals(Map.of("candidate", "a", "user", "u", "unknown_user", true), click);
        VectorFields.ofSlot(0).put(click, "m1", "AAAA");
        assertEquals(Map.of("candidate", "a", "user", "u", "model", "m1", "vector", "AAAA"), click);
        VectorFields.ofSlot(0).put(click, "m1", null);
        assertEquals(Map.of("candidate", "a", "user", "u", "unknown_user", true), click);
    }
}
