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
    /** 2970-01-01: a later time is not in seconds. */
    private static final long LATEST = 31_556_995_200L;

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
        Profiles userRows = profiles("users", spec.users(), bad);
        Profiles itemRows = profiles("items", spec.items(), bad);
        Events events = events(spec.events(), userRows, itemRows, bad);
        new RejectedRows(duckDb).addTo(bad);
        bad.report(notices);
        if (events.size() == 0) {
            throw new DatasetException("no events in " + spec.events().table().paths());
        }
        Entities users = userRows.build();
        Entities items = itemRows.build();
        List<Field> fields =
                spec.fields().stream().map(field -> field.build(users, items)).toList();
        return Dataset.of(
                spec.name(),
                users.ids(),
                items.ids(),
                List.copyOf(items.attributes().values()),
                events,
                fields);
    }

    private Profiles profiles(String what, Optional<ProfileSpec> spec, BadRows bad) {
        Profiles profiles = new Profiles(spec.map(ProfileSpec::columns).orElse(List.of()));
        spec.ifPresent(present -> {
            List<String> selected = new ArrayList<>(List.of(present.id()));
            present.columns().forEach(column -> selected.add(column.expression()));
            read(what, present.table(), selected, bad, row -> addProfile(what, row, present, profiles, bad));
        });
        return profiles;
    }

    /** Hands out the rows of a table: first their file, then what is selected. */
    private void read(String what, Table table, List<String> selected, BadRows bad, DuckDb.RowHandler handler) {
        long badBefore = bad.count();
        String sql = "SELECT " + Table.FILE + ", " + String.join(", ", selected) + " FROM " + table.source();
        duckDb.query(what, sql, handler);
        if (table.format() == FileFormat.NDJSON && bad.count() > badBefore) {
            new MalformedJson(duckDb).addTo(bad, table);
        }
    }

    private static void addProfile(String what, ResultSet row, ProfileSpec spec, Profiles profiles, BadRows bad)
            throws SQLException {
        String id = row.getString(2);
        if (isMissing(id)) {
            bad.add(row.getString(1), "a row of " + what + " has no id, or is not well formed");
            return;
        }
        List<String> texts = new ArrayList<>(spec.columns().size());
        for (ColumnSpec column : spec.columns()) {
            String text = row.getString(texts.size() + 3);
            if (column.number() && text != null && !isFinite(text)) {
                bad.add(
                        row.getString(1),
                        "[" + column.name() + "] of [" + id + "] is [" + text + "], expected a number");
                return;
            }
            texts.add(text);
        }
        if (!profiles.addRow(id, texts)) {
            bad.add(row.getString(1), "[" + id + "] has a second row in " + what);
        }
    }

    private Events events(EventsSpec spec, Profiles users, Profiles items, BadRows bad) {
        Events.Builder events = new Events.Builder();
        List<String> selected = List.of(spec.user(), spec.item(), spec.time());
        read("events", spec.table(), selected, bad, row -> {
            String user = row.getString(2);
            String item = row.getString(3);
            long time = row.getLong(4);
            boolean noTime = row.wasNull();
            if (isMissing(user) || isMissing(item) || noTime) {
                String shownTime = noTime ? "" : Long.toString(time);
                bad.add(
                        row.getString(1),
                        "an event needs a user, an item and a time, got user [" + shown(user) + "], item ["
                                + shown(item) + "], time [" + shownTime + "]");
            } else if (time > LATEST) {
                throw new DatasetException(row.getString(1) + ": the time [" + time
                        + "] lies beyond the year 2970 when read as seconds; is the time_unit right?");
            } else {
                events.add(users.id(user), items.id(item), time);
            }
        });
        return events.build();
    }

    private static boolean isFinite(String text) {
        try {
            return Float.isFinite(Float.parseFloat(text));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean isMissing(String text) {
        return text == null || text.isEmpty();
    }

    private static String shown(String text) {
        return text == null ? "" : text;
    }
}
