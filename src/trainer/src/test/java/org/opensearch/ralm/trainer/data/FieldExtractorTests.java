package org.opensearch.ralm.trainer.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class FieldExtractorTests {
    private static final Vocabulary USERS = Vocabulary.of(List.of("u0", "u1", "u2"));
    private static final Vocabulary ITEMS = Vocabulary.of(List.of("a", "b", "c"));
    private static final Attribute GENRES = new Attribute(
            "genres",
            Vocabulary.of(List.of("Drama", "War")),
            new IdLists.Builder()
                    .add(0)
                    .add(1)
                    .endRow()
                    .endRow()
                    .add(1)
                    .endRow()
                    .build());

    @Test
    void readsEveryKindOfFieldAndLeavesMissingOnesEmpty() {
        Attribute gender = new Attribute(
                "gender",
                Vocabulary.of(List.of("f", "m")),
                new IdLists.Builder().add(1).endRow().endRow().add(0).endRow().build());
        Attribute tags = new Attribute(
                "tags",
                Vocabulary.of(List.of("x", "y")),
                new IdLists.Builder().endRow().add(0).add(1).endRow().endRow().build());
        Dataset dataset = dataset(
                new CategoricalField(gender, FieldKind.UNIVALENT),
                new CategoricalField(tags, FieldKind.MULTIVALENT),
                ContinuousField.scaled("age", new float[] {20, Float.NaN, 60}),
                new HistoryField("genres", GENRES, 2),
                new ActivityField("activity"));

        FieldBatch batch = dataset.extractor().extract(new int[] {0, 1, 2, 0}, new long[] {100, 100, 100, 30});

        assertEquals(4, batch.rows());
        assertColumn(batch.columns().get(0), new int[] {0, 1, 1, 2, 3}, 1, 0, 1);
        assertColumn(batch.columns().get(1), new int[] {0, 0, 2, 2, 2}, 0, 1);
        assertColumn(batch.columns().get(2), new int[] {0, 1, 1, 2, 3});
        assertArrayEquals(new float[] {0, 1, 0}, batch.columns().get(2).values());
        // User 0 clicked a, b, c, a: the last two carry War and Drama, War; before second 30 only a and b count.
        assertColumn(batch.columns().get(3), new int[] {0, 3, 3, 3, 5}, 1, 0, 1, 0, 1);
        assertColumn(batch.columns().get(4), new int[] {0, 1, 2, 2, 3}, 2, 0, 1);
        assertFalse(batch.columns().get(3).present(1));
        assertTrue(batch.columns().get(3).present(3));
    }

    @Test
    void clicksOfTheSameSecondAreNotKnown() {
        Dataset dataset = dataset(new HistoryField("read", Attribute.identity("item", ITEMS), 10));
        FieldExtractor extractor = dataset.extractor();
        assertColumn(extractor.extract(new int[] {0}, new long[] {10}).columns().get(0), new int[] {0, 0});
        assertColumn(extractor.extract(new int[] {0}, new long[] {11}).columns().get(0), new int[] {0, 1}, 0);
    }

    @Test
    void contextsAreThoseOfEarlierClicksOnly() {
        Attribute device = new Attribute(
                "device",
                Vocabulary.of(List.of("phone", "tablet")),
                new IdLists.Builder().add(1).endRow().endRow().add(0).endRow().build());
        Events events = new Events.Builder()
                .add(0, 0, 10, 0)
                .add(0, 1, 20, 1)
                .add(0, 2, 30, 2)
                .add(0, 0, 40, 2)
                .build();
        Dataset dataset =
                Dataset.of("d", USERS, ITEMS, List.of(), events, List.of(new ContextField("device", device, 2)));
        FieldBatch batch = dataset.extractor().extract(new int[] {0, 0, 0, 0, 1}, new long[] {10, 11, 31, 41, 99});
        assertColumn(batch.columns().get(0), new int[] {0, 0, 1, 2, 4, 4}, 1, 0, 0, 0);
    }

    @Test
    void historiesEqualAScanOverAllEvents() {
        Random random = new Random(3);
        Events.Builder builder = new Events.Builder();
        for (int i = 0; i < 2_000; i++) {
            builder.add(random.nextInt(USERS.size()), random.nextInt(ITEMS.size()), random.nextInt(500));
        }
        Events events = builder.build();
        Field field = new HistoryField("read", Attribute.identity("item", ITEMS), 5);
        Dataset dataset = Dataset.of("d", USERS, ITEMS, List.of(), events, List.of(field));
        for (int trial = 0; trial < 200; trial++) {
            int user = random.nextInt(USERS.size());
            long time = random.nextInt(510);
            List<Integer> clicked = new ArrayList<>();
            for (int event = 0; event < events.size(); event++) {
                if (events.user(event) == user && events.time(event) < time) {
                    clicked.add(events.item(event));
                }
            }
            int[] expected = clicked.subList(Math.max(0, clicked.size() - 5), clicked.size()).stream()
                    .mapToInt(Integer::intValue)
                    .toArray();
            FieldBatch batch = dataset.extractor().extract(new int[] {user}, new long[] {time});
            assertArrayEquals(expected, batch.columns().get(0).ids());
        }
    }

    @Test
    void refusesFieldsThatDoNotFitTheData() {
        Attribute twoValues = new Attribute("city", GENRES.vocabulary(), GENRES.values());
        assertMessage(
                "univalent field [city] has 2 values", () -> new CategoricalField(twoValues, FieldKind.UNIVALENT));
        assertMessage("not HISTORY", () -> new CategoricalField(twoValues, FieldKind.HISTORY));
        assertMessage("[read] must look at 1 click or more, got 0", () -> new HistoryField("read", GENRES, 0));
        assertMessage("field [age] has 1 rows, expected 3", () -> dataset(ContinuousField.scaled("age", new float[1])));
        assertMessage("[device] must look at 1 click or more, got 0", () -> new ContextField("device", GENRES, 0));
        assertMessage(
                "field [device] has 3 rows, but clicks have 8 contexts",
                () -> Dataset.of(
                        "d",
                        USERS,
                        ITEMS,
                        List.of(),
                        new Events.Builder().add(0, 0, 1, 7).build(),
                        List.of(new ContextField("device", GENRES, 1))));
        assertMessage("two fields of the same name", () -> dataset(new ActivityField("a"), new ActivityField("a")));
        assertMessage("[age] has an infinite value", () -> ContinuousField.scaled("age", new float[] {1f / 0}));
        assertMessage("1 users but 2 times", () -> dataset().extractor().extract(new int[1], new long[2]));
    }

    private static Dataset dataset(Field... fields) {
        Events events = new Events.Builder()
                .add(0, 0, 10)
                .add(0, 1, 20)
                .add(0, 2, 30)
                .add(0, 0, 40)
                .add(1, 1, 50)
                .build();
        return Dataset.of("d", USERS, ITEMS, List.of(GENRES), events, Arrays.asList(fields));
    }

    private static void assertColumn(FieldColumn column, int[] offsets, int... ids) {
        assertArrayEquals(offsets, column.offsets());
        assertArrayEquals(ids, column.ids());
    }

    private static void assertMessage(String part, Runnable action) {
        String message =
                assertThrows(IllegalArgumentException.class, action::run).getMessage();
        assertTrue(message.contains(part), message);
    }
}
