package org.opensearch.ralm.trainer.bench.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FaultScheduleTests {

    private static final int KINDS = FaultKind.values().length;

    @Test
    void equalSeedsGiveEqualFaults() {
        assertEquals(faults(4, 50), faults(4, 50));
        assertNotEquals(faults(4, 50), faults(5, 50));
    }

    @Test
    void everyKindComesOnceARound() {
        List<Fault> faults = faults(1, 3 * KINDS);
        for (int round = 0; round < 3; round++) {
            Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
            faults.subList(round * KINDS, (round + 1) * KINDS).forEach(fault -> kinds.add(fault.kind()));
            assertEquals(KINDS, kinds.size());
        }
    }

    @Test
    void everyNodeIsStruckForAsLongAsTheKindAllows() {
        List<Fault> faults = faults(1, 200);
        assertEquals(3, faults.stream().map(Fault::node).distinct().count());
        for (Fault fault : faults) {
            assertTrue(fault.seconds() >= fault.kind().leastSeconds(), fault::toString);
            assertTrue(fault.seconds() <= fault.kind().mostSeconds(), fault::toString);
            assertTrue(fault.pauseSeconds() > 0, fault::toString);
        }
    }

    private static List<Fault> faults(long seed, int count) {
        FaultSchedule schedule = new FaultSchedule(seed, 3);
        return Stream.generate(schedule::next).limit(count).toList();
    }
}
