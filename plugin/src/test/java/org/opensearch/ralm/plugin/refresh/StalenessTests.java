package org.opensearch.ralm.plugin.refresh;

import java.time.Instant;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.opensearch.test.OpenSearchTestCase;

public class StalenessTests extends OpenSearchTestCase {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private static Histogram of(Staleness... all) {
        return Staleness.decoded(
                List.of(all).stream().map(each -> each.encoded(NOW)).toList());
    }

    public void testWhatSeveralShardsKnowIsPutTogether() {
        Staleness first = new Staleness();
        Staleness second = new Staleness();
        for (int i = 1; i <= 50; i++) {
            first.add(i * 100, NOW);
            second.add((50 + i) * 100, NOW);
        }
        Histogram both = of(first, second);
        assertEquals(100, both.getTotalCount());
        assertEquals(5_000, both.getValueAtPercentile(50), 50);
        assertEquals(9_900, both.getValueAtPercentile(99), 100);
        assertEquals(10_000, both.getMaxValue(), 100);
    }

    public void testNothingIsKnownAtFirst() {
        assertEquals(0, of(new Staleness()).getTotalCount());
        assertEquals(0, Staleness.decoded(List.of()).getValueAtPercentile(99));
    }

    public void testOldClicksAreForgotten() {
        Staleness staleness = new Staleness();
        staleness.add(7_000, NOW.minusSeconds(601));
        staleness.add(5_000, NOW.minusSeconds(300));
        staleness.add(1_000, NOW);
        assertEquals(2, of(staleness).getTotalCount());
        Staleness idle = new Staleness();
        idle.add(7_000, NOW.minusSeconds(3_600));
        assertEquals(0, of(idle).getTotalCount());
    }
}
