package org.opensearch.ralm.trainer.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BacklogTests {

    @Test
    void theMediansOfTheFirstMiddleAndLastTenthAreReported() {
        List<Long> samples = LongStream.range(0, 100).boxed().toList();
        assertEquals(new Backlog(4, 54, 94), Backlog.of(samples));
    }

    @Test
    void aFewSamplesAreEnough() {
        assertEquals(new Backlog(8, 8, 8), Backlog.of(List.of(8L)));
        assertEquals(new Backlog(1, 3, 4), Backlog.of(List.of(1L, 2L, 3L, 4L)));
    }

    @Test
    void withoutSamplesThereIsNone() {
        assertEquals(new Backlog(Double.NaN, Double.NaN, Double.NaN), Backlog.of(List.of()));
    }
}
