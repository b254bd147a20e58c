package org.opensearch.ralm.trainer.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.opensearch.ralm.trainer.data.Timing;
import org.opensearch.ralm.trainer.yaml.YamlNode;

/**
 * Reads the YAML that describes a dataset, and looks into its files to check that the columns it names are there.
 * Every fault is told with the file, the line and what was expected.
 */
final class SpecReader {
    private final DuckDb duckDb;
    private final Path file;
    private final Path folder;

    SpecReader(DuckDb duckDb, Path file) {
        this.duckDb = duckDb;
        this.file = file;
        this.folder = file.toAbsolutePath().getParent();
    }

    DatasetSpec read() {
        YamlNode root = YamlNode.read(file, "the key [events]")
                .keys("name", "events", "users", "items", "fields", "block_hours", "pool_hours", "max_bad_rows");
        YamlNode clicks = root.required("events");
        TableSection clickTable = new TableSection(duckDb, folder, clicks, "user", "item", "time", "time_unit");
        EventsSpec withoutContext = events(clicks, clickTable);
        Optional<ProfileSpec> items = root.optional("items").map(this::items);
        Optional<TableSection> users = root.optional("users").map(node -> new TableSection(duckDb, folder, node, "id"));
        FieldsSection fields = new FieldsSection(root.required("fields"), users, items, clickTable);
        Optional<ProfileSpec> profiles = users.map(section -> new ProfileSpec(
                section.table(), section.column(root.required("users").required("id")), fields.userColumns()));
        return new DatasetSpec(
                root.optional("name")
                        .map(YamlNode::text)
                        .orElse(file.getFileName().toString()),
                withoutContext.withContext(fields.contexts()),
                fields.contexts(),
                profiles,
                items,
                fields.specs(),
                timing(root),
                root.optional("max_bad_rows").map(node -> node.atLeast(0)).orElse(0));
    }

    private static Timing timing(YamlNode root) {
        Timing timing = root.optional("block_hours")
                .map(node -> Timing.DEFAULT.withBlockHours(node.atLeast(1)))
                .orElse(Timing.DEFAULT);
        return root.optional("pool_hours")
                .map(node -> timing.withPoolHours(node.atLeast(0)))
                .orElse(timing);
    }

    private static EventsSpec events(YamlNode node, TableSection section) {
        String user = section.column(node.required("user"));
        String item = section.column(node.required("item"));
        String time = section.column(node.required("time"));
        TimeUnit unit = node.optional("time_unit")
                .map(value -> value.oneOf(TimeUnit.class))
                .orElse(TimeUnit.SECONDS);
        section.csvType(node.required("time").text(), unit.csvType());
        return new EventsSpec(section.table(), user, item, unit.seconds(time), ContextSpec.NONE);
    }

    private ProfileSpec items(YamlNode node) {
        TableSection section = new TableSection(duckDb, folder, node, "id", "attributes");
        List<ColumnSpec> columns = new ArrayList<>();
        Set<String> names = new HashSet<>(Set.of(FieldSpec.ITEM));
        for (YamlNode attribute : node.list("attributes")) {
            attribute.keys("name", "column", "separator");
            columns.add(section.values(NamedColumn.of(attribute, names), ""));
        }
        return new ProfileSpec(section.table(), section.column(node.required("id")), columns);
    }
}
