package org.opensearch.ralm.trainer.data;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Some of the users and items of a dataset and the clicks between them, numbered densely in the order they had. */
final class Subset {
    private static final int DROPPED = -1;

    private final Dataset whole;
    private final int[] users;
    private final int[] items;
    private final Vocabulary itemNames;

    /**
     * @param keepUser of a user's old id
     * @param keepItem of an item's old id
     */
    Subset(Dataset whole, IntPredicate keepUser, IntPredicate keepItem) {
        this.whole = whole;
        this.users = IntStream.range(0, whole.users().size()).filter(keepUser).toArray();
        this.items = IntStream.range(0, whole.items().size()).filter(keepItem).toArray();
        this.itemNames = names(whole.items(), items);
    }

    Dataset dataset(String name) {
        if (users.length == whole.users().size()
                && items.length == whole.items().size()) {
            return whole;
        }
        List<Attribute> attributes =
                whole.itemAttributes().stream().map(this::itemAttribute).toList();
        List<Field> fields = whole.fields().stream().map(this::field).toList();
        return Dataset.of(name, names(whole.users(), users), itemNames, attributes, events(), fields)
                .withTiming(whole.timing());
    }

    private Field field(Field field) {
        return switch (field) {
            case CategoricalField profile -> new CategoricalField(rows(profile.attribute(), users), profile.kind());
            case ContinuousField profile -> profile.ofUsers(users);
            case HistoryField derived ->
                new HistoryField(derived.name(), itemAttribute(derived.source()), derived.last());
            case ContextField derived -> derived;
            case ActivityField derived -> derived;
        };
    }

    /** The attribute that says which item it is names items by their new numbers; the values of others stay. */
    private Attribute itemAttribute(Attribute attribute) {
        return attribute.vocabulary() == whole.items()
                ? Attribute.identity(attribute.name(), itemNames)
                : rows(attribute, items);
    }

    private Events events() {
        Events events = whole.events();
        int[] newUsers = newNumbers(users, whole.users().size());
        int[] newItems = newNumbers(items, whole.items().size());
        Events.Builder kept = new Events.Builder();
        for (int event = 0; event < events.size(); event++) {
            int user = newUsers[events.user(event)];
            int item = newItems[events.item(event)];
            if (user != DROPPED && item != DROPPED) {
                add(kept, user, item, event);
            }
        }
        if (events.untimed() > 0) {
            kept.untimedBefore(events.horizon(events.untimed()));
        }
        return kept.build();
    }

    private void add(Events.Builder kept, int user, int item, int event) {
        Events events = whole.events();
        if (events.hasContexts()) {
            kept.add(user, item, events.time(event), events.context(event));
        } else {
            kept.add(user, item, events.time(event));
        }
    }

    private static int[] newNumbers(int[] kept, int count) {
        int[] numbers = new int[count];
        Arrays.fill(numbers, DROPPED);
        for (int number = 0; number < kept.length; number++) {
            numbers[kept[number]] = number;
        }
        return numbers;
    }

    private static Vocabulary names(Vocabulary all, int[] kept) {
        Vocabulary.Builder names = new Vocabulary.Builder();
        for (int id : kept) {
            names.add(all.name(id));
        }
        return names.build();
    }

    private static Attribute rows(Attribute attribute, int[] kept) {
        IdLists values = attribute.values();
        IdLists.Builder rows = new IdLists.Builder();
        for (int row : kept) {
            for (int position = values.start(row); position < values.end(row); position++) {
                rows.add(values.id(position));
            }
            rows.endRow();
        }
        return new Attribute(attribute.name(), attribute.vocabulary(), rows.build());
    }
}
