package org.opensearch.ralm.trainer.source;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.opensearch.ralm.trainer.data.FieldKind;
import org.opensearch.ralm.trainer.yaml.YamlNode;

/** The part of a dataset's YAML that lists the fields, and the columns that they need. */
final class FieldsSection {
    private static final int DEFAULT_HISTORY = 50;
    private static final int DEFAULT_CONTEXT = 10;

    /** The kinds of fields as they are written in YAML, and what each can be told beside its name. */
    private enum Kind {
        UNIVALENT("column"),
        MULTIVALENT("column", "separator"),
        CONTINUOUS("column"),
        HISTORY("of", "last"),
        CONTEXT("column", "separator", "last"),
        ACTIVITY;

        private final String[] keys;

        Kind(String... own) {
            this.keys = Stream.concat(Stream.of("name", "kind"), Stream.of(own)).toArray(String[]::new);
        }
    }

    private final Optional<TableSection> users;
    private final Optional<ProfileSpec> items;
    private final TableSection clicks;
    private final List<ColumnSpec> userColumns = new ArrayList<>();
    private final List<ColumnSpec> contextColumns = new ArrayList<>();
    private final List<FieldSpec> specs = new ArrayList<>();

    FieldsSection(YamlNode node, Optional<TableSection> users, Optional<ProfileSpec> items, TableSection clicks) {
        this.users = users;
        this.items = items;
        this.clicks = clicks;
        Set<String> names = new HashSet<>();
        for (YamlNode field : node.elements()) {
            field.keys("name", "kind", "column", "separator", "of", "last");
            NamedColumn column = NamedColumn.of(field, names);
            Kind kind = field.required("kind").oneOf(Kind.class);
            field.keys(kind.keys);
            specs.add(spec(column, kind));
        }
    }

    /** How the fields are made, in order. */
    List<FieldSpec> specs() {
        return specs;
    }

    /** What is read of users. */
    List<ColumnSpec> userColumns() {
        return userColumns;
    }

    /** What is read of the circumstances of clicks. */
    ContextSpec contexts() {
        return new ContextSpec(contextColumns);
    }

    private FieldSpec spec(NamedColumn field, Kind kind) {
        return switch (kind) {
            case HISTORY -> history(field);
            case CONTEXT -> context(field);
            case ACTIVITY -> FieldSpec.activity(field.name());
            default -> {
                TableSection section = users.orElseThrow(
                        () -> field.node().error("is read from the users, but there is no [users] table"));
                userColumns.add(userColumn(field, kind, section));
                yield kind == Kind.CONTINUOUS
                        ? FieldSpec.continuous(field.name())
                        : FieldSpec.categorical(field.name(), FieldKind.valueOf(kind.name()));
            }
        };
    }

    private static ColumnSpec userColumn(NamedColumn field, Kind kind, TableSection section) {
        String expression = section.column(field.node(), field.column());
        switch (kind) {
            case MULTIVALENT:
                return section.values(field, "|");
            case CONTINUOUS:
                section.csvType(field.column(), "DOUBLE");
                return ColumnSpec.number(field.name(), expression);
            default:
                if (section.isList(field.column())) {
                    throw field.node().error("is univalent, but the column [" + field.column() + "] holds lists");
                }
                return ColumnSpec.one(field.name(), expression);
        }
    }

    private FieldSpec history(NamedColumn field) {
        String of = field.node().optional("of").map(YamlNode::text).orElse(FieldSpec.ITEM);
        List<String> known = new ArrayList<>(List.of(FieldSpec.ITEM));
        items.ifPresent(spec -> spec.columns().forEach(column -> known.add(column.name())));
        if (!known.contains(of)) {
            throw field.node().required("of").error("is [" + of + "], expected one of " + known);
        }
        return FieldSpec.history(field.name(), of, field.last(DEFAULT_HISTORY));
    }

    private FieldSpec context(NamedColumn field) {
        contextColumns.add(clicks.values(field, ""));
        return FieldSpec.context(field.name(), field.last(DEFAULT_CONTEXT));
    }
}
