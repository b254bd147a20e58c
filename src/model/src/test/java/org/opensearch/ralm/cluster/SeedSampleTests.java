package org.opensearch.ralm.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opensearch.ralm.hash.Murmur3;

class SeedSampleTests {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10, 499, 500, 501, 10_000})
    void theUsersOfTheSmallestHashesAreChosenWhateverTheOrder(int size) {
        for (long seed = 1; seed <= 20; seed++) {
            List<String> users = users("user-" + seed + "-", 500);
            Set<String> expected = naive(users, size);

            Collections.shuffle(users, new Random(seed));

            assertEquals(expected, chosen(users, size), "seed " + seed);
        }
    }

    @Test
    void offeringAUserAgainChangesNothing() {
        List<String> users = users("u", 300);
        List<String> repeated = new ArrayList<>(users);
        repeated.addAll(users);
        repeated.addAll(users.subList(100, 200));
        Collections.shuffle(repeated, new Random(1));

        assertEquals(naive(users, 50), chosen(repeated, 50));
        assertEquals(new HashSet<>(users), chosen(repeated, 300));
    }

    @Test
    void aUserKeepsTheFirstValueOffered() {
        SeedSample<String> sample = new SeedSample<>(2);
        sample.offer("a", "first");
        sample.offer("a", "second");

        assertEquals("first", sample.chosen().get("a"));
    }

    /** Two ids of one hash, found by search: the smaller id wins, in either order. */
    @Test
    void ofEqualHashesTheSmallerIdIsChosen() {
        String[] pair = collision();
        assertEquals(hash(pair[0]), hash(pair[1]));

        assertEquals(Set.of(pair[0]), chosen(List.of(pair[0], pair[1]), 1));
        assertEquals(Set.of(pair[0]), chosen(List.of(pair[1], pair[0]), 1));
        assertEquals(Set.of(pair), chosen(List.of(pair[1], pair[0]), 2));
    }

    @Test
    void whatIsWantedIsTakenAndNothingElse() {
        Random random = new Random(7);
        SeedSample<Boolean> sample = new SeedSample<>(20);
        for (int i = 0; i < 2000; i++) {
            String user = "u" + random.nextInt(500);
            Set<String> before = sample.chosen().keySet();
            boolean wanted = sample.wants(user);

            sample.offer(user, true);

            Set<String> after = sample.chosen().keySet();
            assertEquals(wanted, after.equals(before) == false, user);
            assertEquals(wanted, after.contains(user) && before.contains(user) == false, user);
        }
    }

    /** Numbered ids are the hardest: a poor hash would prefer some of the numbers. */
    @Test
    void everyRangeOfNumberedUsersIsRepresentedAlike() {
        int[] ofRange = new int[10];
        for (String user : chosen(users("user", 100_000), 10_000)) {
            ofRange[Integer.parseInt(user.substring(4)) / 10_000]++;
        }

        double squares = 0;
        for (int count : ofRange) {
            squares += (count - 1000.0) * (count - 1000.0) / 1000;
        }
        assertTrue(squares < 27.9, "chi-square of 9 degrees of freedom, of 1000 samples one is above: " + squares);
    }

    @Test
    void oneSeedMoreExchangesOneUserAtMost() {
        List<String> users = users("u", 1000);
        Set<String> before = chosen(users.subList(0, 100), 50);
        for (int n = 101; n <= 1000; n++) {
            Set<String> after = chosen(users.subList(0, n), 50);
            Set<String> left = new HashSet<>(before);
            left.removeAll(after);
            assertTrue(left.size() <= 1, "of " + n + " seeds: " + left);
            before = after;
        }
    }

    @Test
    void theChoiceIsACopy() {
        SeedSample<Integer> sample = new SeedSample<>(3);
        sample.offer("a", 1);
        SortedMap<String, Integer> chosen = sample.chosen();
        sample.offer("b", 2);

        assertFalse(chosen.containsKey("b"));
    }

    @Test
    void aSampleOfNothingIsRefused() {
        assertEquals(
                "the size of a sample must be at least 1, but is 0",
                assertThrows(IllegalArgumentException.class, () -> new SeedSample<>(0))
                        .getMessage());
    }

    private static List<String> users(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).collect(Collectors.toCollection(ArrayList::new));
    }

    private static Set<String> chosen(Collection<String> offered, int size) {
        SeedSample<Integer> sample = new SeedSample<>(size);
        int at = 0;
        for (String user : offered) {
            sample.offer(user, at++);
        }
        return sample.chosen().keySet();
    }

    /** All users sorted by hash and id. */
    private static Set<String> naive(Collection<String> users, int size) {
        return users.stream()
                .sorted(Comparator.comparing(SeedSampleTests::hash).thenComparing(Comparator.naturalOrder()))
                .limit(size)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static long hash(String user) {
        return Integer.toUnsignedLong(Murmur3.hash(user.getBytes(StandardCharsets.UTF_8)));
    }

    private static String[] collision() {
        Map<Long, String> seen = new HashMap<>();
        for (int i = 0; ; i++) {
            String user = "u" + i;
            String other = seen.put(hash(user), user);
            if (other != null) {
                return other.compareTo(user) < 0 ? new String[] {other, user} : new String[] {user, other};
            }
        }
    }
}
