package org.opensearch.ralm.trainer.source;

import org.opensearch.ralm.trainer.data.ActivityField;
import org.opensearch.ralm.trainer.data.Attribute;
import org.opensearch.ralm.trainer.data.CategoricalField;
import org.opensearch.ralm.trainer.data.ContextField;
import org.opensearch.ralm.trainer.data.ContinuousField;
import org.opensearch.ralm.trainer.data.Field;
import org.opensearch.ralm.trainer.data.FieldKind;
import org.opensearch.ralm.trainer.data.HistoryField;

/** How a user field is made once the tables are read. */
@FunctionalInterface
interface FieldSpec {
    /** What a history is of when it holds the clicked items themselves. */
    String ITEM = "item";

    Field build(Entities users, Entities items, Entities contexts);

    /** A univalent or multivalent column of the users. */
    static FieldSpec categorical(String column, FieldKind kind) {
        return (users, items, contexts) ->
                new CategoricalField(users.attributes().get(column), kind);
    }

    /** A number of the users. */
    static FieldSpec continuous(String column) {
        return (users, items, contexts) ->
                ContinuousField.scaled(column, users.numbers().get(column));
    }

    /** The last clicked items, or their attribute of that name. */
    static FieldSpec history(String name, String of, int last) {
        return (users, items, contexts) -> {
            Attribute source = of.equals(ITEM)
                    ? Attribute.identity(ITEM, items.ids())
                    : items.attributes().get(of);
            return new HistoryField(name, source, last);
        };
    }

    /** A column of the user's last clicks. */
    static FieldSpec context(String column, int last) {
        return (users, items, contexts) ->
                new ContextField(column, contexts.attributes().get(column), last);
    }

    static FieldSpec activity(String name) {
        return (users, items, contexts) -> new ActivityField(name);
    }
}
