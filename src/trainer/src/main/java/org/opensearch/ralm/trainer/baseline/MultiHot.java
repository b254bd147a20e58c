package org.opensearch.ralm.trainer.baseline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.Field;
import org.opensearch.ralm.trainer.data.FieldBatch;
import org.opensearch.ralm.trainer.data.FieldColumn;
import org.opensearch.ralm.trainer.data.FieldExtractor;
import org.opensearch.ralm.trainer.data.FieldKind;
import org.opensearch.ralm.trainer.data.Vocabulary;

/**
 * Users as sparse vectors: a feature for each value of each categorical field or history, 1 where the user has the
 * value, however often. A number is one feature with its scaled value, or ten features of which one is 1. Immutable,
 * safe for use by several threads.
 */
final class MultiHot {

    /** What becomes of numbers. */
    enum Numbers {
        /** One feature whose value is the number, scaled to [0, 1]. */
        SCALED,
        /** Ten features, one for each tenth of [0, 1]; each is 0 or 1. */
        TENTHS
    }

    private static final int TENTHS = 10;

    private final List<Field> fields;
    private final Vocabulary items;
    private final FieldExtractor extractor;
    private final Numbers numbers;
    private final int[] firstFeature;

    MultiHot(Dataset dataset, Numbers numbers) {
        this.fields = dataset.fields();
        this.items = dataset.items();
        this.extractor = dataset.extractor();
        this.numbers = numbers;
        this.firstFeature = new int[fields.size() + 1];
        for (int field = 0; field < fields.size(); field++) {
            firstFeature[field + 1] = firstFeature[field] + width(fields.get(field));
        }
    }

    /** How many features there are. */
    int features() {
        return firstFeature[fields.size()];
    }

    /** Each user as of a moment: only clicks strictly before it are known. */
    List<SparseVector> encode(int[] users, long[] times) {
        FieldBatch batch = extractor.extract(users, times);
        List<SparseVector> vectors = new ArrayList<>(users.length);
        for (int row = 0; row < users.length; row++) {
            vectors.add(vector(batch, row));
        }
        return vectors;
    }

    /** Users as of one moment. */
    List<SparseVector> encode(int[] users, long time) {
        long[] times = new long[users.length];
        Arrays.fill(times, time);
        return encode(users, times);
    }

    /** The features that a user has who clicked an item for that reason alone: they tell its seeds, not their taste. */
    int[] ofClicking(int item) {
        return IntStream.range(0, fields.size())
                .filter(field -> fields.get(field).kind() == FieldKind.HISTORY
                        && fields.get(field).vocabulary() == items)
                .map(field -> firstFeature[field] + item)
                .toArray();
    }

    private SparseVector vector(FieldBatch batch, int row) {
        int bound = batch.columns().stream()
                .mapToInt(column -> column.offsets()[row + 1] - column.offsets()[row])
                .sum();
        int[] features = new int[bound];
        float[] values = new float[bound];
        Arrays.fill(values, 1);
        int size = 0;
        for (int field = 0; field < fields.size(); field++) {
            FieldColumn column = batch.columns().get(field);
            if (fields.get(field).kind() != FieldKind.CONTINUOUS) {
                size = addIds(column, row, firstFeature[field], features, size);
            } else if (column.present(row)) {
                float value = column.values()[column.offsets()[row]];
                boolean scaled = numbers == Numbers.SCALED;
                values[size] = scaled ? value : 1;
                features[size++] = firstFeature[field] + (scaled ? 0 : Math.min(TENTHS - 1, (int) (value * TENTHS)));
            }
        }
        return new SparseVector(Arrays.copyOf(features, size), Arrays.copyOf(values, size));
    }

    /** Adds the distinct ids of a row and returns the new size. */
    private static int addIds(FieldColumn column, int row, int first, int[] features, int from) {
        int[] ids = Arrays.copyOfRange(column.ids(), column.offsets()[row], column.offsets()[row + 1]);
        Arrays.sort(ids);
        int size = from;
        for (int i = 0; i < ids.length; i++) {
            if (i == 0 || ids[i] != ids[i - 1]) {
                features[size++] = first + ids[i];
            }
        }
        return size;
    }

    private int width(Field field) {
        if (field.kind() == FieldKind.CONTINUOUS) {
            return numbers == Numbers.SCALED ? 1 : TENTHS;
        }
        return field.vocabulary().size();
    }
}
