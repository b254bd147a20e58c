package org.opensearch.ralm.trainer.source;

import java.util.List;
import org.opensearch.ralm.trainer.data.Events;

/** The clicks of a dataset as they are being read, with the users, items and contexts that they name; not thread-safe. */
final class Clicks {
    private final Profiles users;
    private final Profiles items;
    private final Profiles contexts;
    private final Events.Builder events = new Events.Builder();

    Clicks(Profiles users, Profiles items, Profiles contexts) {
        this.users = users;
        this.items = items;
        this.contexts = contexts;
    }

    /** The dense id of a user, new or known. */
    int user(String external) {
        return users.id(external);
    }

    /** The dense id of an item, new or known. */
    int item(String external) {
        return items.id(external);
    }

    /** The dense id of a context, new or known: the values of its columns, joined by {@link ContextSpec#SEPARATOR}. */
    int context(String joined) {
        int known = contexts.size();
        int id = contexts.id(joined);
        if (id == known) {
            contexts.addValues(List.of(joined.split(ContextSpec.SEPARATOR, -1)));
        }
        return id;
    }

    Events.Builder events() {
        return events;
    }
}
