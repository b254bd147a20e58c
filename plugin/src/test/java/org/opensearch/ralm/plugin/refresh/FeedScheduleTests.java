package org.opensearch.ralm.plugin.refresh;

import org.opensearch.OpenSearchStatusException;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.test.OpenSearchTestCase;

public class FeedScheduleTests extends OpenSearchTestCase {

    private static final TimeValue INTERVAL = TimeValue.timeValueSeconds(10);

    private final FeedSchedule schedule = new FeedSchedule(null, INTERVAL, 1_000);

    public void testTheFirstCycleIsAtSomeMomentOfTheFirstInterval() {
        assertFalse(schedule.isDue(999));
        assertTrue(schedule.isDue(11_000));
    }

    public void testCyclesBeginOnceAnInterval() {
        schedule.succeeded(20_000);
        assertFalse(schedule.isDue(29_999));
        assertTrue(schedule.isDue(30_000));
        schedule.failed(30_000, new IllegalStateException("of another kind"));
        assertTrue(schedule.isDue(40_000));
    }

    public void testRejectionsMakeThemRarerUntilOneSucceeds() {
        Exception rejection = new OpenSearchStatusException("later", RestStatus.TOO_MANY_REQUESTS);
        schedule.failed(0, rejection);
        assertFalse(schedule.isDue(19_999));
        assertTrue(schedule.isDue(20_000));
        schedule.failed(0, rejection);
        assertFalse(schedule.isDue(39_999));
        for (int i = 0; i < 100; i++) {
            schedule.failed(0, rejection);
        }
        assertFalse(schedule.isDue(639_999));
        assertTrue(schedule.isDue(640_000));
        schedule.succeeded(700_000);
        assertTrue(schedule.isDue(710_000));
    }
}
