package org.opensearch.ralm.trainer.simulation;

import java.util.BitSet;
import org.opensearch.ralm.trainer.data.Attribute;

/** Keeps account of what one user is shown and reads; not thread-safe. */
final class UserBook {
    private static final long DAY = 86_400;

    private final BitSet shown = new BitSet();
    private final BitSet read = new BitSet();
    private final BitSet categoriesOfDay = new BitSet();
    private final BitSet tagsOfDay = new BitSet();
    private int impressions;
    private int days;
    private int categories;
    private int tags;
    private long day = Long.MIN_VALUE;

    /** The user comes. */
    void visit(long time) {
        if (time / DAY != day) {
            closeDay();
            day = time / DAY;
            days++;
        }
    }

    /** An item is shown. */
    void show(int item) {
        impressions++;
        shown.set(item);
    }

    /** An item that was shown is read; once at most. */
    void read(int item, Attribute itemCategories, Attribute itemTags) {
        read.set(item);
        setValues(itemCategories, item, categoriesOfDay);
        setValues(itemTags, item, tagsOfDay);
    }

    /** What has come about, all days included. */
    UserOutcome outcome() {
        closeDay();
        return new UserOutcome(impressions, shown.cardinality(), read.stream().toArray(), days, categories, tags);
    }

    private void closeDay() {
        categories += categoriesOfDay.cardinality();
        tags += tagsOfDay.cardinality();
        categoriesOfDay.clear();
        tagsOfDay.clear();
    }

    private static void setValues(Attribute attribute, int item, BitSet values) {
        for (int position = attribute.values().start(item);
                position < attribute.values().end(item);
                position++) {
            values.set(attribute.values().id(position));
        }
    }
}
