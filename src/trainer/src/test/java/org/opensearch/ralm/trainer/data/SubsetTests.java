package org.opensearch.ralm.trainer.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SubsetTests {
    private static final int USERS = 2_000;
    private static final int ITEMS = 30;

    private final Dataset whole = dataset();

    @Test
    void aSampleHoldsItsShareOfTheUsersWithWholeHistories() {
        Dataset sample = whole.sample(0.25);

        assertEquals(USERS / 4, sample.users().size(), 60);
        assertEquals(ITEMS, sample.items().size());
        assertEquals("world, 0.25 of the users", sample.name());
        for (int user = 0; user < sample.users().size(); user++) {
            int before = whole.users().id(sample.users().name(user));
            assertEquals(clicks(whole, before), clicks(sample, user));
        }
    }

    @Test
    void whoIsInASampleDependsOnTheIdAlone() {
        Set<String> large = Set.copyOf(names(whole.sample(0.5).users()));
        assertTrue(large.containsAll(names(whole.sample(0.1).users())));
        assertEquals(whole.sample(0.1).digest(), whole.sample(0.1).digest());
        assertEquals(
                names(whole.sample(0.1).users()),
                names(whole.sample(0.5).sample(0.1).users()));
    }

    @Test
    void aSampleTurnsOverAsFastAsTheWhole() {
        assertEquals(Timing.NEWS, whole.withTiming(Timing.NEWS).sample(0.1).timing());
    }

    @Test
    void theWholeIsASampleToo() {
        assertSame(whole, whole.sample(1));
        assertMessage("[sample] must be above 0 and at most 1, got 0.0", 0);
        assertMessage("[sample] must be above 0 and at most 1, got NaN", Double.NaN);
        assertMessage("[sample] is 1.0E-9, which leaves no click of the 8000 of [world]", 1e-9);
    }

    @Test
    void fieldsOfASampleAreThoseOfTheSameUsers() {
        Dataset sample = whole.sample(0.1);
        int[] users = IntStream.range(0, sample.users().size()).toArray();
        int[] before = IntStream.of(users)
                .map(user -> whole.users().id(sample.users().name(user)))
                .toArray();
        long[] times = new long[users.length];
        Arrays.fill(times, 500);

        List<FieldColumn> expected = whole.extractor().extract(before, times).columns();
        List<FieldColumn> columns = sample.extractor().extract(users, times).columns();

        for (int field = 0; field < columns.size(); field++) {
            assertArrayEquals(expected.get(field).offsets(), columns.get(field).offsets());
            assertArrayEquals(expected.get(field).ids(), columns.get(field).ids());
            assertArrayEquals(expected.get(field).values(), columns.get(field).values());
        }
        assertEquals(whole.events().contexts(), sample.events().contexts());
    }

    @Test
    void itemsThatNobodyClickedAreLeftOut() {
        Dataset clicked = whole.clickedItems();

        assertEquals(ITEMS - 1, clicked.items().size());
        assertEquals(-1, clicked.items().id("i7"));
        assertEquals(whole.name(), clicked.name());
        for (int event = 0; event < clicked.events().size(); event++) {
            assertEquals(
                    whole.items().name(whole.events().item(event)),
                    clicked.items().name(clicked.events().item(event)));
        }
        HistoryField read = (HistoryField) clicked.fields().get(0);
        assertSame(clicked.items(), read.vocabulary());
        FieldBatch batch = clicked.extractor().extract(new int[] {0}, new long[] {1_000});
        assertEquals(
                IntStream.of(batch.columns().get(0).ids())
                        .mapToObj(read.vocabulary()::name)
                        .toList(),
                clicks(whole, 0));
        int ninth = clicked.items().id("i9");
        assertEquals(9 % 4, clicked.itemAttributes().get(0).values().id(ninth));
        assertSame(clicked, clicked.clickedItems());
    }

    @Test
    void clicksOfUnknownTimeStaySo() {
        Events.Builder clicks = new Events.Builder();
        for (int user = 0; user < 100; user++) {
            clicks.add(user, 0, 5).add(user, 1, 9);
        }
        Events events = clicks.untimedBefore(9).build();
        Dataset sample =
                Dataset.of("d", users(), items(), List.of(), events, List.of()).sample(0.3);
        assertFalse(sample.events().untimed() == 0);
        assertEquals(sample.events().size() / 2, sample.events().untimed());
    }

    private void assertMessage(String part, double share) {
        String message = assertThrows(IllegalArgumentException.class, () -> whole.sample(share))
                .getMessage();
        assertEquals(part, message);
    }

    private static List<String> clicks(Dataset dataset, int user) {
        UserHistory history = dataset.history();
        return IntStream.range(history.start(user), history.end(user))
                .mapToObj(position -> dataset.items().name(history.item(position)))
                .toList();
    }

    private static List<String> names(Vocabulary vocabulary) {
        return IntStream.range(0, vocabulary.size()).mapToObj(vocabulary::name).toList();
    }

    /** Nobody clicks item 7; every user clicks four times. */
    private static Dataset dataset() {
        Random random = new Random(1);
        Events.Builder events = new Events.Builder();
        for (int click = 0; click < 4 * USERS; click++) {
            int item = random.nextInt(ITEMS - 1);
            events.add(click % USERS, item < 7 ? item : item + 1, click / 10, random.nextInt(3));
        }
        float[] ages = new float[USERS];
        IdLists.Builder sections = new IdLists.Builder();
        for (int user = 0; user < USERS; user++) {
            ages[user] = user % 5 == 0 ? Float.NaN : user % 50;
        }
        for (int item = 0; item < ITEMS; item++) {
            sections.add(item % 4).endRow();
        }
        Attribute section = new Attribute("section", Vocabulary.of(List.of("a", "b", "c", "d")), sections.build());
        Attribute gender = new Attribute("gender", Vocabulary.of(List.of("f", "m")), genders());
        Attribute device = Attribute.identity("device", Vocabulary.of(List.of("phone", "tablet", "desktop")));
        Vocabulary items = items();
        List<Field> fields = List.of(
                new HistoryField("read", Attribute.identity("item", items), 50),
                new HistoryField("sections", section, 50),
                new ContextField("device", device, 2),
                new CategoricalField(gender, FieldKind.UNIVALENT),
                ContinuousField.scaled("age", ages),
                new ActivityField("activity"));
        return Dataset.of("world", users(), items, List.of(section), events.build(), fields);
    }

    private static IdLists genders() {
        IdLists.Builder rows = new IdLists.Builder();
        for (int user = 0; user < USERS; user++) {
            if (user % 7 > 0) {
                rows.add(user % 2);
            }
            rows.endRow();
        }
        return rows.build();
    }

    private static Vocabulary users() {
        return numbered("u", USERS);
    }

    private static Vocabulary items() {
        return numbered("i", ITEMS);
    }

    private static Vocabulary numbered(String prefix, int count) {
        return Vocabulary.of(
                IntStream.range(0, count).mapToObj(id -> prefix + id).toList());
    }
}
