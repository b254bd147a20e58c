package org.opensearch.ralm.trainer.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SeedIndexTests {

    @Test
    void returnsDistinctClickersNewestFirstStrictlyBeforeAMoment() {
        SeedIndex seeds = SeedIndex.of(
                new Events.Builder()
                        .add(7, 0, 10)
                        .add(8, 0, 20)
                        .add(9, 0, 30)
                        .add(7, 0, 40)
                        .add(5, 1, 40)
                        .build(),
                3);
        assertArrayEquals(new int[] {7, 9, 8}, seeds.seedsOf(0, 100, 10));
        assertArrayEquals(new int[] {7, 9}, seeds.seedsOf(0, 100, 2));
        assertArrayEquals(new int[] {9, 8, 7}, seeds.seedsOf(0, 40, 10));
        assertArrayEquals(new int[] {}, seeds.seedsOf(0, 10, 10));
        assertArrayEquals(new int[] {}, seeds.seedsOf(2, 100, 10));
        assertEquals(3, seeds.seedCount(0, 100));
        assertEquals(4, seeds.clicks(0, 10, 41));
        assertEquals(2, seeds.clicks(0, 11, 40));
    }

    @Test
    void equalsAScanOverAllEvents() {
        Random random = new Random(11);
        Events.Builder builder = new Events.Builder();
        for (int i = 0; i < 3_000; i++) {
            builder.add(random.nextInt(40), random.nextInt(10), random.nextInt(1_000));
        }
        Events events = builder.build();
        SeedIndex seeds = SeedIndex.of(events, 10);
        for (int trial = 0; trial < 300; trial++) {
            int item = random.nextInt(10);
            long time = random.nextInt(1_010);
            int max = 1 + random.nextInt(50);
            Set<Integer> newestFirst = new LinkedHashSet<>();
            for (int event = events.size() - 1; event >= 0; event--) {
                if (events.item(event) == item && events.time(event) < time) {
                    newestFirst.add(events.user(event));
                }
            }
            assertEquals(newestFirst.size(), seeds.seedCount(item, time));
            assertArrayEquals(
                    newestFirst.stream().limit(max).mapToInt(Integer::intValue).toArray(),
                    seeds.seedsOf(item, time, max));
        }
    }
}
