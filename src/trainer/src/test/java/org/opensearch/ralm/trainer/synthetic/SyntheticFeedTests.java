package org.opensearch.ralm.trainer.synthetic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.opensearch.ralm.trainer.data.CategoricalField;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.Events;
import org.opensearch.ralm.trainer.data.FieldBatch;
import org.opensearch.ralm.trainer.data.FieldColumn;
import org.opensearch.ralm.trainer.data.FieldKind;
import org.opensearch.ralm.trainer.synthetic.LatentItem.Mixture;

final class SyntheticFeedTests {
    private static final String SMALL = "users=1500,items=600,events=24000,days=12,interests=12";
    private static final SyntheticFeed FEED = SyntheticFeed.generate(SyntheticFeedOptions.parse(SMALL));

    private final Dataset dataset = FEED.dataset();
    private final Events events = dataset.events();

    @Test
    void theSameOptionsGiveTheSameFeedAndAnotherSeedAnotherOne() {
        Dataset again =
                SyntheticFeed.generate(SyntheticFeedOptions.parse(SMALL)).dataset();
        assertArrayEquals(clicks(dataset), clicks(again));
        int[] users = IntStream.range(0, dataset.users().size()).toArray();
        FieldBatch expected = dataset.extractor().extract(users, new long[users.length]);
        FieldBatch actual = again.extractor().extract(users, new long[users.length]);
        for (int field = 0; field < dataset.fields().size(); field++) {
            FieldColumn column = actual.columns().get(field);
            assertArrayEquals(expected.columns().get(field).offsets(), column.offsets());
            assertArrayEquals(expected.columns().get(field).ids(), column.ids());
            assertArrayEquals(expected.columns().get(field).values(), column.values());
        }
        Dataset other = SyntheticFeed.generate(SyntheticFeedOptions.parse(SMALL + ",seed=1"))
                .dataset();
        assertFalse(Arrays.equals(clicks(dataset), clicks(other)));
    }

    @Test
    void holdsWhatWasAskedFor() {
        assertEquals(1_500, dataset.users().size());
        assertEquals(600, dataset.items().size());
        assertEquals(24_000, events.size());
        assertTrue(events.time(events.size() - 1) - events.time(0) <= 12 * 86_400);
        Set<FieldKind> kinds = new HashSet<>();
        dataset.fields().forEach(field -> kinds.add(field.kind()));
        assertEquals(Set.of(FieldKind.values()), kinds);
    }

    @Test
    void nobodyClicksAnItemTwiceOrOutsideItsLife() {
        Set<Long> pairs = new HashSet<>();
        for (int event = 0; event < events.size(); event++) {
            assertTrue(pairs.add((long) events.user(event) << 32 | events.item(event)));
            LatentItem item = FEED.item(events.item(event));
            double day = (events.time(event) - 1_767_225_600L) / 86_400.0;
            assertTrue(day > item.born() - 0.2 && day < item.born() + 3 * item.fading() + 0.2);
        }
    }

    @Test
    void theMeanAffinityOfEachItemIsOne() {
        for (int item = 0; item < dataset.items().size(); item++) {
            int candidate = item;
            double mean = IntStream.range(0, dataset.users().size())
                    .mapToDouble(user -> FEED.affinity(user, candidate))
                    .average()
                    .orElseThrow();
            assertEquals(1, mean, 1e-9);
        }
    }

    @Test
    void audiencesAreMixedAsTheirItemsSay() {
        assertEquals(1, firstShareOfFans(Mixture.PURE), 0.001);
        assertEquals(0.9, firstShareOfFans(Mixture.NINE_TO_ONE), 0.05);
        assertEquals(0.19, firstShareOfFans(Mixture.SEVERAL), 0.05);
    }

    @Test
    void theStatedShareOfClicksIsNoise() {
        for (double noise : new double[] {0.1, 0.3}) {
            SyntheticFeed feed = SyntheticFeed.generate(SyntheticFeedOptions.parse(SMALL + ",noise=" + noise));
            Events clicks = feed.dataset().events();
            // Users without affinity click only by noise, and noise hits any user alike.
            int indifferentClicks = 0;
            int indifferentPairs = 0;
            Random random = new Random(1);
            for (int event = 0; event < clicks.size(); event++) {
                int item = clicks.item(event);
                int anyone = clicks.user(random.nextInt(clicks.size()));
                indifferentClicks += feed.affinity(clicks.user(event), item) < 0.02 ? 1 : 0;
                indifferentPairs += feed.affinity(anyone, item) < 0.02 ? 1 : 0;
            }
            assertEquals(noise, (double) indifferentClicks / indifferentPairs, 0.05);
        }
    }

    @Test
    void popularityIsSkewed() {
        int[] clicks = new int[dataset.items().size()];
        for (int event = 0; event < events.size(); event++) {
            clicks[events.item(event)]++;
        }
        Arrays.sort(clicks);
        int top = Arrays.stream(clicks, clicks.length * 9 / 10, clicks.length).sum();
        assertTrue(top > 0.3 * events.size(), "the top tenth has " + top);
    }

    @Test
    void tagsTellTheInterestAndDemographicsLittle() {
        double byTags = interestsGuessedBy("tags");
        double byGender = interestsGuessedBy("gender");
        double byDevice = interestsGuessedBy("device");
        assertTrue(byTags > 0.3, "tags " + byTags);
        assertTrue(byGender < 0.2, "gender " + byGender);
        assertTrue(byDevice < 0.2, "device " + byDevice);
    }

    @Test
    void refusesClicksThatFindNoPlace() {
        SyntheticFeedOptions options = SyntheticFeedOptions.parse("users=10,items=10,events=25,days=300");
        String message = assertThrows(IllegalArgumentException.class, () -> SyntheticFeed.generate(options))
                .getMessage();
        assertTrue(message.contains("of 25 events nobody finds an item left to click"), message);
    }

    /** Among an item's clickers who like it, the share that lies nearer to the first part of its audience. */
    private static double firstShareOfFans(Mixture mixture) {
        Events events = FEED.dataset().events();
        int fans = 0;
        int first = 0;
        for (int event = 0; event < events.size(); event++) {
            LatentItem item = FEED.item(events.item(event));
            if (item.mixture() == mixture && FEED.affinity(events.user(event), events.item(event)) > 1) {
                double[] position = FEED.user(events.user(event)).position();
                double[] closeness = Arrays.stream(item.directions())
                        .mapToDouble(direction -> Directions.cosine(position, direction))
                        .toArray();
                fans++;
                first += closeness[0] == Arrays.stream(closeness).max().orElseThrow() ? 1 : 0;
            }
        }
        return (double) first / fans;
    }

    /** How many users' interest is the commonest one among those who share their first value of a field. */
    private double interestsGuessedBy(String name) {
        CategoricalField field = dataset.fields().stream()
                .filter(CategoricalField.class::isInstance)
                .map(CategoricalField.class::cast)
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow();
        int[][] counts = new int[field.vocabulary().size()][150];
        int known = 0;
        for (int user = 0; user < dataset.users().size(); user++) {
            if (field.attribute().values().size(user) > 0) {
                int value =
                        field.attribute().values().id(field.attribute().values().start(user));
                counts[value][FEED.user(user).interest()]++;
                known++;
            }
        }
        int guessed = Arrays.stream(counts)
                .mapToInt(row -> Arrays.stream(row).max().orElseThrow())
                .sum();
        return (double) guessed / known;
    }

    private static long[] clicks(Dataset dataset) {
        Events events = dataset.events();
        return IntStream.range(0, events.size())
                .mapToLong(
                        event -> (events.time(event) * 1_000_003 + events.user(event)) * 1_000_003 + events.item(event))
                .toArray();
    }
}
