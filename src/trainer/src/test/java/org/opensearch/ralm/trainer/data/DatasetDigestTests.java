package org.opensearch.ralm.trainer.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DatasetDigestTests {

    private static final Vocabulary USERS = Vocabulary.of(List.of("u", "v"));
    private static final Vocabulary ITEMS = Vocabulary.of(List.of("a", "b"));

    @Test
    void isEqualForEqualDataAndAnotherWhereAnythingDiffers() {
        Set<String> digests = new HashSet<>();
        Field age = ContinuousField.scaled("age", new float[] {0, 1});
        add(digests, dataset("d", USERS, ITEMS, clicks(5), age));
        add(digests, dataset("e", USERS, ITEMS, clicks(5), age));
        add(digests, dataset("d", Vocabulary.of(List.of("u", "w")), ITEMS, clicks(5), age));
        add(digests, dataset("d", USERS, Vocabulary.of(List.of("a", "c")), clicks(5), age));
        add(digests, dataset("d", USERS, ITEMS, clicks(6), age));
        add(digests, dataset("d", USERS, ITEMS, clicks(5)));
        add(digests, dataset("d", USERS, ITEMS, clicks(5), ContinuousField.scaled("age", new float[] {1, 0})));
        add(digests, dataset("d", USERS, ITEMS, clicks(5), new ActivityField("age")));
        add(digests, dataset("d", USERS, ITEMS, clicks(5), history(2)));
        add(digests, dataset("d", USERS, ITEMS, clicks(5), history(3)));
        add(digests, dataset("d", USERS, ITEMS, clicks(5), profile(0, FieldKind.UNIVALENT)));
        add(digests, dataset("d", USERS, ITEMS, clicks(5), profile(1, FieldKind.UNIVALENT)));
        add(digests, dataset("d", USERS, ITEMS, clicks(5), profile(0, FieldKind.MULTIVALENT)));
        add(digests, dataset("d", USERS, ITEMS, inContexts(0, 0), device(1)));
        add(digests, dataset("d", USERS, ITEMS, inContexts(0, 1), device(1)));
        add(digests, dataset("d", USERS, ITEMS, inContexts(0, 1), device(2)));
        Events.Builder untimed = new Events.Builder().add(0, 1, 1).add(1, 0, 5).untimedBefore(2);
        add(digests, dataset("d", USERS, ITEMS, untimed.build(), age));
        Dataset clicks = dataset("d", USERS, ITEMS, clicks(5), age);
        add(digests, clicks.withTiming(Timing.NEWS));
        add(digests, clicks.withTiming(Timing.NEWS.withPoolHours(0)));

        assertEquals(
                dataset("d", USERS, ITEMS, clicks(5), history(2)).digest(),
                dataset("d", USERS, ITEMS, clicks(5), history(2)).digest());
    }

    private static void add(Set<String> digests, Dataset dataset) {
        assertTrue(digests.add(dataset.digest()));
        assertEquals(64, dataset.digest().length());
    }

    private static Dataset dataset(String name, Vocabulary users, Vocabulary items, Events events, Field... fields) {
        return Dataset.of(name, users, items, List.of(), events, List.of(fields));
    }

    private static Events clicks(long time) {
        return new Events.Builder().add(0, 1, 1).add(1, 0, time).build();
    }

    private static Events inContexts(int first, int second) {
        return new Events.Builder().add(0, 1, 1, first).add(1, 0, 5, second).build();
    }

    private static Field device(int last) {
        return new ContextField("device", Attribute.identity("device", Vocabulary.of(List.of("x", "y"))), last);
    }

    private static Field history(int last) {
        return new HistoryField("read", Attribute.identity("item", ITEMS), last);
    }

    private static Field profile(int value, FieldKind kind) {
        IdLists values = new IdLists.Builder().add(value).endRow().endRow().build();
        return new CategoricalField(new Attribute("tag", Vocabulary.of(List.of("x", "y")), values), kind);
    }
}
