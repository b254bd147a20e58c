package org.opensearch.ralm.trainer.source;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.opensearch.ralm.trainer.data.Attribute;
import org.opensearch.ralm.trainer.data.IdLists;
import org.opensearch.ralm.trainer.data.Vocabulary;

/**
 * Users, items or contexts as they are being read: first the rows of their own table, then ids that only events
 * mention, which have no values. Not thread-safe.
 */
final class Profiles {
    private final Vocabulary.Builder ids = new Vocabulary.Builder();
    private final Map<String, Column> columns = new LinkedHashMap<>();

    Profiles(List<ColumnSpec> specs) {
        specs.forEach(spec -> columns.put(spec.name(), spec.number() ? new Numbers() : new Values(spec.separator())));
    }

    /** The dense id of an external id, new or known. */
    int id(String external) {
        return ids.add(external);
    }

    /** Adds the row of a user or item; false if there is one already. */
    boolean addRow(String external, List<String> texts) {
        int before = ids.size();
        if (ids.add(external) < before) {
            return false;
        }
        addValues(texts);
        return true;
    }

    /** Adds the values of the newest id. */
    void addValues(List<String> texts) {
        int next = 0;
        for (Column column : columns.values()) {
            column.add(texts.get(next++));
        }
    }

    int size() {
        return ids.size();
    }

    /** What has been read; ids without a row have no values. */
    Entities build() {
        Map<String, Attribute> attributes = new LinkedHashMap<>();
        Map<String, float[]> numbers = new LinkedHashMap<>();
        columns.forEach((name, column) -> {
            switch (column) {
                case Values values ->
                    attributes.put(name, new Attribute(name, values.vocabulary.build(), values.rows(ids.size())));
                case Numbers values -> numbers.put(name, values.rows(ids.size()));
            }
        });
        return new Entities(ids.build(), attributes, numbers);
    }

    private sealed interface Column {
        /** Adds a row's text; null if the value is missing. */
        void add(String text);
    }

    private static final class Values implements Column {
        private final Vocabulary.Builder vocabulary = new Vocabulary.Builder();
        private final IdLists.Builder rows = new IdLists.Builder();
        private final Pattern separator;
        private int size;

        Values(String separator) {
            this.separator = separator.isEmpty() ? null : Pattern.compile(separator, Pattern.LITERAL);
        }

        @Override
        public void add(String text) {
            if (text != null) {
                Set<String> distinct = new LinkedHashSet<>();
                for (String value : separator == null ? new String[] {text} : separator.split(text)) {
                    distinct.add(value.strip());
                }
                distinct.remove("");
                distinct.forEach(value -> rows.add(vocabulary.add(value)));
            }
            rows.endRow();
            size++;
        }

        IdLists rows(int count) {
            for (; size < count; size++) {
                rows.endRow();
            }
            return rows.build();
        }
    }

    private static final class Numbers implements Column {
        private float[] values = new float[16];
        private int size;

        @Override
        public void add(String text) {
            if (size == values.length) {
                values = Arrays.copyOf(values, size * 2);
            }
            values[size++] = text == null ? Float.NaN : Float.parseFloat(text);
        }

        float[] rows(int count) {
            float[] rows = Arrays.copyOf(values, count);
            Arrays.fill(rows, Math.min(size, count), count, Float.NaN);
            return rows;
        }
    }
}
