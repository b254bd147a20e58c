package org.opensearch.ralm.trainer.embedding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.opensearch.ralm.trainer.data.Attribute;
import org.opensearch.ralm.trainer.data.CategoricalField;
import org.opensearch.ralm.trainer.data.ContinuousField;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.Field;
import org.opensearch.ralm.trainer.data.FieldBatch;
import org.opensearch.ralm.trainer.data.FieldColumn;
import org.opensearch.ralm.trainer.data.FieldKind;
import org.opensearch.ralm.trainer.data.HistoryField;
import org.opensearch.ralm.trainer.data.IdLists;
import org.opensearch.ralm.trainer.data.Vocabulary;

/**
 * From the ids and numbers of a dataset's fields to those a model was trained with. What the model does not know is left
 * out, so that it is masked as a missing value is. Immutable, safe for use by several threads.
 */
final class FieldTranslation {

    private final List<Field> fields = new ArrayList<>();
    private final List<int[]> rows = new ArrayList<>();
    private final List<FieldDictionary> known;
    private final Map<String, Integer> unknown = new TreeMap<>();
    private final List<String> missing = new ArrayList<>();

    /**
     * @param known the model's fields
     * @throws IllegalArgumentException if a field of the dataset is of another kind than the model's of its name
     */
    FieldTranslation(List<FieldDictionary> known, Dataset dataset) {
        this.known = List.copyOf(known);
        for (FieldDictionary field : known) {
            Field given = dataset.fields().stream()
                    .filter(each -> each.name().equals(field.name()))
                    .findFirst()
                    .orElse(null);
            if (given == null) {
                missing.add(field.name());
                given = empty(field, dataset);
            }
            requireKind(field, given, dataset);
            fields.add(given);
            rows.add(rows(field, given.vocabulary()));
        }
    }

    /** The dataset's fields in the order of the model; empty ones for those it does not have. */
    List<Field> fields() {
        return fields;
    }

    /** The fields of the model that the dataset does not have. */
    List<String> missingFields() {
        return missing;
    }

    /** For each field with values that the model does not know: how many they are. */
    Map<String, Integer> unknownValues() {
        return unknown;
    }

    /** A batch of {@link #fields} as the model knows it. */
    FieldBatch apply(FieldBatch batch) {
        List<FieldColumn> columns = new ArrayList<>();
        for (int i = 0; i < known.size(); i++) {
            FieldColumn column = batch.columns().get(i);
            if (fields.get(i) instanceof ContinuousField number) {
                columns.add(rescaled(column, number, known.get(i).range()));
            } else {
                int[] rowOf = rows.get(i);
                columns.add(column.withIds(id -> rowOf[id]));
            }
        }
        return new FieldBatch(batch.rows(), columns);
    }

    /** Where both ranges are the same the numbers stay as they are, to the last bit. */
    private static FieldColumn rescaled(FieldColumn column, ContinuousField from, FieldDictionary.Range to) {
        if (from.low() == to.low() && from.high() == to.high()) {
            return column;
        }
        double width = from.high() > from.low() ? (double) from.high() - from.low() : 0;
        return column.withValues(value -> to.scaled(from.low() + value * width));
    }

    private int[] rows(FieldDictionary field, Vocabulary given) {
        int[] rowOf = new int[given.size()];
        for (int id = 0; id < rowOf.length; id++) {
            rowOf[id] = field.values().id(given.name(id));
        }
        int unknownHere = (int) Arrays.stream(rowOf).filter(row -> row < 0).count();
        if (unknownHere > 0) {
            unknown.put(field.name(), unknownHere);
        }
        return rowOf;
    }

    private static Field empty(FieldDictionary field, Dataset dataset) {
        Vocabulary none = Vocabulary.of(List.of());
        return switch (field.kind()) {
            case UNIVALENT, MULTIVALENT ->
                new CategoricalField(new Attribute(field.name(), none, noValues(dataset.users())), field.kind());
            case HISTORY -> new HistoryField(field.name(), new Attribute("", none, noValues(dataset.items())), 1);
            case CONTINUOUS -> {
                float[] numbers = new float[dataset.users().size()];
                Arrays.fill(numbers, Float.NaN);
                yield ContinuousField.scaled(field.name(), numbers);
            }
        };
    }

    private static IdLists noValues(Vocabulary rows) {
        return new IdLists(new int[rows.size() + 1], new int[0]);
    }

    private static void requireKind(FieldDictionary field, Field given, Dataset dataset) {
        FieldKind kind = given.kind();
        if (kind != field.kind()) {
            throw new IllegalArgumentException("field [" + field.name() + "] of dataset [" + dataset.name() + "] is "
                    + kind.name().toLowerCase(Locale.ROOT) + ", but the model was trained with one that is "
                    + field.kind().name().toLowerCase(Locale.ROOT));
        }
    }
}
