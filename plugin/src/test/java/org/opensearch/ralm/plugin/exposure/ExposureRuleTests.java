package org.opensearch.ralm.plugin.exposure;

import java.util.List;
import java.util.Map;
import org.opensearch.core.common.Strings;
import org.opensearch.core.common.io.stream.Writeable;
import org.opensearch.core.xcontent.MediaTypeRegistry;
import org.opensearch.test.AbstractWireSerializingTestCase;

public class ExposureRuleTests extends AbstractWireSerializingTestCase<ExposureRule> {

    @Override
    protected Writeable.Reader<ExposureRule> instanceReader() {
        return ExposureRule::read;
    }

    @Override
    protected ExposureRule createTestInstance() {
        return new ExposureRule(randomDoubleBetween(0.001, 99, true));
    }

    @Override
    protected ExposureRule mutateInstance(ExposureRule rule) {
        return new ExposureRule(rule.topPercent() + 0.5);
    }

    public void testTheMemberIsReadAndWritten() {
        ExposureRule rule = ExposureRule.of(Map.of("top_percent", 5));
        assertEquals(new ExposureRule(5), rule);
        assertEquals("{\"top_percent\":5.0}", Strings.toString(MediaTypeRegistry.JSON, rule));
        assertNull(ExposureRule.of(null));
    }

    public void testFaultsNameMemberValueAndWhatWasExpected() {
        for (Object bad : List.of(0, -1, 100.1, "5", Double.NaN)) {
            IllegalArgumentException e =
                    expectThrows(IllegalArgumentException.class, () -> ExposureRule.of(Map.of("top_percent", bad)));
            assertEquals("[top_percent] must be a number above 0, at most 100, but is [" + bad + "]", e.getMessage());
        }
        for (Object bad : List.of(5, Map.of(), Map.of("top", 5), Map.of("top_percent", 5, "x", 1))) {
            IllegalArgumentException e = expectThrows(IllegalArgumentException.class, () -> ExposureRule.of(bad));
            assertEquals(
                    "[exposure] must be an object with the one member [top_percent], but is [" + bad + "]",
                    e.getMessage());
        }
    }
}
