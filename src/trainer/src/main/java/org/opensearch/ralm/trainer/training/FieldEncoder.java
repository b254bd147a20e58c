package org.opensearch.ralm.trainer.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.opensearch.ralm.representation.FieldRows;
import org.opensearch.ralm.trainer.data.Field;
import org.opensearch.ralm.trainer.data.FieldBatch;
import org.opensearch.ralm.trainer.data.FieldColumn;
import org.opensearch.ralm.trainer.data.FieldKind;
import org.opensearch.ralm.trainer.data.IdLists;

/**
 * Turns a dataset's fields into weighted table rows: the mean over the values of a categorical field or a history; all
 * continuous fields together become one field, whose table is a fully connected layer (a row a number and one for the
 * bias). Immutable, safe for use by several threads.
 */
final class FieldEncoder {

    private static final String CONTINUOUS = "continuous";

    private final List<Field> fields;
    private final int continuous;

    FieldEncoder(List<Field> fields) {
        this.fields = List.copyOf(fields);
        this.continuous =
                (int) fields.stream().filter(FieldEncoder::isContinuous).count();
    }

    /** The number of rows of each table. */
    List<Integer> tableRows() {
        List<Integer> rows = new ArrayList<>();
        for (Field field : fields) {
            if (isContinuous(field) == false) {
                rows.add(Math.max(1, field.vocabulary().size()));
            }
        }
        if (continuous > 0) {
            rows.add(continuous + 1);
        }
        return rows;
    }

    /** The names of the fields in the order of the tables. */
    List<String> tableNames() {
        List<String> names = new ArrayList<>();
        for (Field field : fields) {
            if (isContinuous(field) == false) {
                names.add(tableName(field));
            }
        }
        if (continuous > 0) {
            names.add(CONTINUOUS);
        }
        return names;
    }

    /** The name of the table that a field's vector comes from: its own or that of all continuous fields. */
    static String tableName(Field field) {
        return isContinuous(field) ? CONTINUOUS : field.name();
    }

    /** All entries of all fields. */
    List<FieldRows> encode(FieldBatch batch) {
        return encode(batch, entries -> entries);
    }

    /**
     * The entries that are left of each field.
     *
     * @param thinning takes away entries of the fields of ids
     */
    List<FieldRows> encode(FieldBatch batch, UnaryOperator<IdLists> thinning) {
        List<FieldRows> rows = new ArrayList<>();
        List<FieldColumn> numbers = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            FieldColumn column = batch.columns().get(i);
            if (isContinuous(fields.get(i))) {
                numbers.add(column);
            } else {
                IdLists all = new IdLists(column.offsets(), column.ids());
                IdLists entries = thinning.apply(all);
                rows.add(new FieldRows(entries.offsets(), entries.ids(), meanWeights(entries.offsets())));
            }
        }
        if (continuous > 0) {
            rows.add(connectedLayer(numbers, batch.rows()));
        }
        return rows;
    }

    private static boolean isContinuous(Field field) {
        return field.kind() == FieldKind.CONTINUOUS;
    }

    private static float[] meanWeights(int[] offsets) {
        float[] weights = new float[offsets[offsets.length - 1]];
        for (int row = 0; row + 1 < offsets.length; row++) {
            Arrays.fill(weights, offsets[row], offsets[row + 1], 1f / (offsets[row + 1] - offsets[row]));
        }
        return weights;
    }

    private static FieldRows connectedLayer(List<FieldColumn> numbers, int users) {
        int[] offsets = new int[users + 1];
        int[] ids = new int[users * (numbers.size() + 1)];
        float[] weights = new float[ids.length];
        int size = 0;
        for (int user = 0; user < users; user++) {
            int first = size;
            for (int i = 0; i < numbers.size(); i++) {
                if (numbers.get(i).present(user)) {
                    ids[size] = i;
                    weights[size++] = numbers.get(i).values()[numbers.get(i).offsets()[user]];
                }
            }
            if (size > first) {
                ids[size] = numbers.size();
                weights[size++] = 1;
            }
            offsets[user + 1] = size;
        }
        return new FieldRows(offsets, Arrays.copyOf(ids, size), Arrays.copyOf(weights, size));
    }
}
