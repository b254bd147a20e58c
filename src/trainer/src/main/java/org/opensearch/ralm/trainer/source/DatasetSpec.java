package org.opensearch.ralm.trainer.source;

import java.util.List;
import java.util.Optional;
import org.opensearch.ralm.trainer.data.Timing;

/**
 * What to read and how: the tables and the fields to make of them.
 *
 * @param name       of the dataset
 * @param events     the clicks
 * @param contexts   what is noted of the circumstances of clicks
 * @param users      what is known of users, if anything
 * @param items      what is known of items, if anything
 * @param fields     the user fields, in order
 * @param timing     how fast the data turns over
 * @param maxBadRows how many rows may be skipped because they cannot be read
 */
record DatasetSpec(
        String name,
        ClickRows events,
        ContextSpec contexts,
        Optional<ProfileSpec> users,
        Optional<ProfileSpec> items,
        List<FieldSpec> fields,
        Timing timing,
        int maxBadRows) {

    /** The same with another limit of bad rows. */
    DatasetSpec withMaxBadRows(int rows) {
        return new DatasetSpec(name, events, contexts, users, items, fields, timing, rows);
    }
}
