package org.opensearch.ralm.trainer.data;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * All that is learned from. Immutable and thread-safe.
 *
 * @param name           what to call it in reports
 * @param users          the users; ids are the external user ids
 * @param items          the items; ids are the external item ids
 * @param itemAttributes what is known of the items, e.g. genres
 * @param events         the clicks, in order of time
 * @param history        the same clicks by user
 * @param fields         the user fields a model sees
 * @param timing         how fast it turns over: what a block is and who is a candidate in it
 */
public record Dataset(
        String name,
        Vocabulary users,
        Vocabulary items,
        List<Attribute> itemAttributes,
        Events events,
        UserHistory history,
        List<Field> fields,
        Timing timing) {

    public Dataset {
        itemAttributes = List.copyOf(itemAttributes);
        fields = List.copyOf(fields);
        long distinct = fields.stream().map(Field::name).distinct().count();
        if (distinct != fields.size()) {
            throw new IllegalArgumentException("dataset [" + name + "] has two fields of the same name");
        }
        for (Attribute attribute : itemAttributes) {
            checkRows("item attribute", attribute.name(), attribute.values().rows(), items.size());
        }
        for (Field field : fields) {
            switch (field) {
                case CategoricalField profile ->
                    checkRows(
                            "field", field.name(), profile.attribute().values().rows(), users.size());
                case ContinuousField profile -> checkRows("field", field.name(), profile.users(), users.size());
                case HistoryField derived ->
                    checkRows("field", field.name(), derived.source().values().rows(), items.size());
                case ContextField derived -> checkContexts(derived, events.contexts());
                case ActivityField derived -> {}
            }
        }
    }

    private static void checkRows(String what, String name, int rows, int expected) {
        if (rows != expected) {
            throw new IllegalArgumentException(what + " [" + name + "] has " + rows + " rows, expected " + expected);
        }
    }

    private static void checkContexts(ContextField field, int contexts) {
        int rows = field.source().values().rows();
        if (rows < contexts) {
            throw new IllegalArgumentException(
                    "field [" + field.name() + "] has " + rows + " rows, but clicks have " + contexts + " contexts");
        }
    }

    /** A dataset whose history is derived from its events, with the default timing. */
    public static Dataset of(
            String name,
            Vocabulary users,
            Vocabulary items,
            List<Attribute> itemAttributes,
            Events events,
            List<Field> fields) {
        UserHistory history = UserHistory.of(events, users.size());
        return new Dataset(name, users, items, itemAttributes, events, history, fields, Timing.DEFAULT);
    }

    /** The same with another timing. */
    public Dataset withTiming(Timing other) {
        return new Dataset(name, users, items, itemAttributes, events, history, fields, other);
    }

    /** The same seen through other fields. */
    public Dataset withFields(List<Field> others) {
        return new Dataset(name, users, items, itemAttributes, events, history, others, timing);
    }

    /**
     * A block's clicks that tell something of candidates: each the user's first on an item of the pool, by a user who
     * had clicked something before the block.
     *
     * @param pool items, ascending
     * @return positions of events, ascending
     */
    public int[] firstClicks(Block block, int[] pool) {
        LongSet inBlock = new LongSet();
        return IntStream.range(block.firstEvent(), block.endEvent())
                .filter(event -> Arrays.binarySearch(pool, events.item(event)) >= 0)
                .filter(event ->
                        history.endBefore(events.user(event), block.start()) > history.start(events.user(event)))
                .filter(event -> !history.clickedBefore(events.user(event), events.item(event), block.start()))
                .filter(event -> inBlock.add((long) events.user(event) << 32 | events.item(event)))
                .toArray();
    }

    /**
     * A share of the users with their whole histories; all items stay. Who is in it depends on the user's id alone, so
     * a sample is repeatable, and a smaller one is part of a larger one.
     *
     * @param share in (0, 1]
     * @throws IllegalArgumentException if the share is none, or if nothing is left of the clicks
     */
    public Dataset sample(double share) {
        return UserSample.of(this, share);
    }

    /** The same without the items that nobody clicked: candidates only by name, they would cost as much as others. */
    public Dataset clickedItems() {
        boolean[] clicked = new boolean[items.size()];
        for (int event = 0; event < events.size(); event++) {
            clicked[events.item(event)] = true;
        }
        return new Subset(this, user -> true, item -> clicked[item]).dataset(name);
    }

    /** The SHA-256 of all it holds, 64 hexadecimal digits: what is learned from equal datasets may be shared. */
    public String digest() {
        return DatasetDigest.of(this);
    }

    /** Looks up the fields of users at given moments. */
    public FieldExtractor extractor() {
        return new FieldExtractor(fields, history);
    }
}
