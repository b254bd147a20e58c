package org.opensearch.ralm.trainer.source;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.Events;
import org.opensearch.ralm.trainer.data.Field;

/** Streams the tables of a {@link DatasetSpec} out of DuckDB into a dataset. */
final class DatasetReader {
    private final DuckDb duckDb;
    private final Consumer<String> notices;

    /**
     * @param notices told what a person should know, e.g. how many rows were skipped
     */
    DatasetReader(DuckDb duckDb, Consumer<String> notices) {
        this.duckDb = duckDb;
        this.notices = notices;
    }

    Dataset read(DatasetSpec spec) {
        BadRows bad = new BadRows(spec.maxBadRows());
        TableReader tables = new TableReader(duckDb, bad);
        Profiles userRows = profiles("users", spec.users(), tables);
        Profiles itemRows = profiles("items", spec.items(), tables);
        Profiles contextRows = new Profiles(spec.contexts().columns());
        Clicks clicks = new Clicks(userRows, itemRows, contextRows);
        ClickRows rows = spec.events();
        tables.read("events", rows.table(), rows.selected(), row -> rows.add(row, clicks));
        bad.report(notices);
        rows.finish(clicks);
        if (clicks.events().size() == 0) {
            throw new DatasetException("no events in " + rows.table().paths());
        }
        return dataset(spec, userRows.build(), itemRows.build(), contextRows.build(), clicks.events());
    }

    private static Dataset dataset(
            DatasetSpec spec, Entities users, Entities items, Entities contexts, Events.Builder events) {
        List<Field> fields = spec.fields().stream()
                .map(field -> field.build(users, items, contexts))
                .toList();
        return Dataset.of(
                        spec.name(),
                        users.ids(),
                        items.ids(),
                        List.copyOf(items.attributes().values()),
                        events.build(),
                        fields)
                .withTiming(spec.timing())
                .clickedItems();
    }

    private static Profiles profiles(String what, Optional<ProfileSpec> spec, TableReader tables) {
        Profiles profiles = new Profiles(spec.map(ProfileSpec::columns).orElse(List.of()));
        spec.ifPresent(present -> {
            List<String> selected = new ArrayList<>(List.of(present.id()));
            present.columns().forEach(column -> selected.add(column.expression()));
            tables.read(what, present.table(), selected, row -> addProfile(what, row, present, profiles));
        });
        return profiles;
    }

    /** Adds a row of users or items and returns what is wrong with it, null if nothing is. */
    private static String addProfile(String what, ResultSet row, ProfileSpec spec, Profiles profiles)
            throws SQLException {
        String id = row.getString(1);
        if (id == null || id.isEmpty()) {
            return "a row of " + what + " has no id, or is not well formed";
        }
        List<String> texts = new ArrayList<>(spec.columns().size());
        for (ColumnSpec column : spec.columns()) {
            String text = row.getString(texts.size() + 2);
            if (column.number() && text != null && !isFinite(text)) {
                return "[" + column.name() + "] of [" + id + "] is [" + text + "], expected a number";
            }
            texts.add(text);
        }
        boolean first = profiles.addRow(id, texts);
        return first || spec.repeated() ? null : "[" + id + "] has a second row in " + what;
    }

    private static boolean isFinite(String text) {
        try {
            return Float.isFinite(Float.parseFloat(text));
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
