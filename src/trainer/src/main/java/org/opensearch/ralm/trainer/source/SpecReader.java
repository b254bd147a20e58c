package org.opensearch.ralm.trainer.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.opensearch.ralm.trainer.data.FieldKind;

/**
 * Reads the YAML that describes a dataset, and looks into its files to check that the columns it names are there.
 * Every fault is told with the file, the line and what was expected.
 */
final class SpecReader {
    private static final int DEFAULT_HISTORY = 50;

    /** The kinds of fields as they are written in YAML. */
    private enum Kind {
        UNIVALENT,
        MULTIVALENT,
        CONTINUOUS,
        HISTORY,
        ACTIVITY
    }

    private final DuckDb duckDb;
    private final Path file;
    private final Path folder;

    SpecReader(DuckDb duckDb, Path file) {
        this.duckDb = duckDb;
        this.file = file;
        this.folder = file.toAbsolutePath().getParent();
    }

    DatasetSpec read() {
        YamlNode root = YamlNode.read(file).keys("name", "events", "users", "items", "fields", "max_bad_rows");
        EventsSpec events = events(root.required("events"));
        Optional<ProfileSpec> items = root.optional("items").map(this::items);
        Optional<TableSection> users = root.optional("users").map(node -> new TableSection(duckDb, folder, node, "id"));
        List<ColumnSpec> userColumns = new ArrayList<>();
        List<FieldSpec> fields = fields(root.required("fields"), users, userColumns, items);
        Optional<ProfileSpec> profiles = users.map(section -> new ProfileSpec(
                section.table(), section.column(root.required("users").required("id")), userColumns));
        return new DatasetSpec(
                root.optional("name")
                        .map(YamlNode::text)
                        .orElse(file.getFileName().toString()),
                events,
                profiles,
                items,
                fields,
                root.optional("max_bad_rows").map(node -> node.atLeast(0)).orElse(0));
    }

    private EventsSpec events(YamlNode node) {
        TableSection section = new TableSection(duckDb, folder, node, "user", "item", "time", "time_unit");
        String user = section.column(node.required("user"));
        String item = section.column(node.required("item"));
        String time = section.column(node.required("time"));
        TimeUnit unit = node.optional("time_unit")
                .map(value -> value.oneOf(TimeUnit.class))
                .orElse(TimeUnit.SECONDS);
        section.csvType(node.required("time").text(), unit.csvType());
        return new EventsSpec(section.table(), user, item, unit.seconds(time));
    }

    private ProfileSpec items(YamlNode node) {
        TableSection section = new TableSection(duckDb, folder, node, "id", "attributes");
        List<ColumnSpec> columns = new ArrayList<>();
        Set<String> names = new HashSet<>(Set.of(FieldSpec.ITEM));
        for (YamlNode attribute : node.list("attributes")) {
            attribute.keys("name", "column", "separator");
            String name = uniqueName(attribute, names);
            String separator =
                    attribute.optional("separator").map(YamlNode::text).orElse("");
            columns.add(section.values(attribute, name, columnOf(attribute, name), separator));
        }
        return new ProfileSpec(section.table(), section.column(node.required("id")), columns);
    }

    private List<FieldSpec> fields(
            YamlNode node, Optional<TableSection> users, List<ColumnSpec> userColumns, Optional<ProfileSpec> items) {
        List<FieldSpec> fields = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (YamlNode field : node.elements()) {
            field.keys("name", "kind", "column", "separator", "of", "last");
            String name = uniqueName(field, names);
            Kind kind = field.required("kind").oneOf(Kind.class);
            switch (kind) {
                case HISTORY -> fields.add(history(field, name, items));
                case ACTIVITY -> fields.add(FieldSpec.activity(name));
                default -> {
                    TableSection section = users.orElseThrow(
                            () -> field.error("is read from the users, but there is no [users] table"));
                    userColumns.add(userColumn(field, name, kind, section));
                    fields.add(
                            kind == Kind.CONTINUOUS
                                    ? FieldSpec.continuous(name)
                                    : FieldSpec.categorical(name, FieldKind.valueOf(kind.name())));
                }
            }
        }
        return fields;
    }

    private static ColumnSpec userColumn(YamlNode field, String name, Kind kind, TableSection section) {
        String column = columnOf(field, name);
        String expression = section.column(field, column);
        switch (kind) {
            case MULTIVALENT:
                return section.values(
                        field,
                        name,
                        column,
                        field.optional("separator").map(YamlNode::text).orElse("|"));
            case CONTINUOUS:
                section.csvType(column, "DOUBLE");
                return ColumnSpec.number(name, expression);
            default:
                if (section.isList(column)) {
                    throw field.error("is univalent, but the column [" + column + "] holds lists");
                }
                return ColumnSpec.one(name, expression);
        }
    }

    private static FieldSpec history(YamlNode field, String name, Optional<ProfileSpec> items) {
        String of = field.optional("of").map(YamlNode::text).orElse(FieldSpec.ITEM);
        List<String> known = new ArrayList<>(List.of(FieldSpec.ITEM));
        items.ifPresent(spec -> spec.columns().forEach(column -> known.add(column.name())));
        if (!known.contains(of)) {
            throw field.required("of").error("is [" + of + "], expected one of " + known);
        }
        int last = field.optional("last").map(value -> value.atLeast(1)).orElse(DEFAULT_HISTORY);
        return FieldSpec.history(name, of, last);
    }

    private static String uniqueName(YamlNode node, Set<String> names) {
        String name = node.required("name").text();
        if (!names.add(name)) {
            throw node.required("name").error("is [" + name + "], a name that is taken");
        }
        return name;
    }

    private static String columnOf(YamlNode node, String name) {
        return node.optional("column").map(YamlNode::text).orElse(name);
    }
}
