package org.opensearch.ralm.trainer.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.opensearch.ralm.representation.FieldRows;
import org.opensearch.ralm.trainer.data.Attribute;
import org.opensearch.ralm.trainer.data.CategoricalField;
import org.opensearch.ralm.trainer.data.ContinuousField;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.Events;
import org.opensearch.ralm.trainer.data.FieldKind;
import org.opensearch.ralm.trainer.data.HistoryField;
import org.opensearch.ralm.trainer.data.IdLists;
import org.opensearch.ralm.trainer.data.Vocabulary;

final class FieldEncoderTests {

    private static final Vocabulary USERS = Vocabulary.of(List.of("u0", "u1", "u2"));
    private static final Vocabulary ITEMS = Vocabulary.of(List.of("a", "b"));

    /** u0 has everything, u1 one number of two, u2 nothing. */
    private final Dataset dataset = Dataset.of(
            "test",
            USERS,
            ITEMS,
            List.of(),
            new Events.Builder()
                    .add(0, 0, 1)
                    .add(0, 1, 2)
                    .add(0, 0, 3)
                    .add(1, 1, 9)
                    .build(),
            List.of(
                    ContinuousField.scaled("age", new float[] {20, 30, Float.NaN}),
                    new CategoricalField(
                            new Attribute(
                                    "tags",
                                    Vocabulary.of(List.of("x", "y", "z")),
                                    new IdLists.Builder()
                                            .add(0)
                                            .add(2)
                                            .endRow()
                                            .endRow()
                                            .endRow()
                                            .build()),
                            FieldKind.MULTIVALENT),
                    ContinuousField.scaled("income", new float[] {40, Float.NaN, Float.NaN}),
                    new HistoryField("read", Attribute.identity("item", ITEMS), 5)));

    private final FieldEncoder encoder = new FieldEncoder(dataset.fields());
    private final List<FieldRows> rows =
            encoder.encode(dataset.extractor().extract(new int[] {0, 1, 2}, new long[] {9, 9, 9}));

    /** The vector of a user's field over a table whose row r is (r + 1, 10 (r + 1)). */
    private static float[] sum(FieldRows field, int user, int tableRows) {
        float[] table = new float[2 * tableRows];
        for (int row = 0; row < tableRows; row++) {
            table[2 * row] = row + 1;
            table[2 * row + 1] = 10 * (row + 1);
        }
        float[] out = new float[2];
        field.sum(user, table, 2, out, 0);
        return out;
    }

    @Test
    void theContinuousFieldsBecomeOneFieldAfterTheOthers() {
        assertEquals(List.of("tags", "read", "continuous"), encoder.tableNames());
        assertEquals(List.of(3, 2, 3), encoder.tableRows());
        assertEquals(3, rows.size());
    }

    @Test
    void aMultivalentFieldIsTheMeanOfItsRows() {
        assertArrayEquals(new float[] {2, 20}, sum(rows.get(0), 0, 3), 1e-6f);
    }

    @Test
    void aHistoryIsTheMeanOverItsClicks() {
        // a, b, a: rows 1, 2, 1.
        assertArrayEquals(new float[] {4 / 3f, 40 / 3f}, sum(rows.get(1), 0, 2), 1e-5f);
    }

    @Test
    void continuousFieldsAreAFullyConnectedLayerWithBias() {
        // u0: age 0, income 0 and the bias, row 3; u1: age 1, no income, and the bias.
        assertArrayEquals(new float[] {3, 30}, sum(rows.get(2), 0, 3), 1e-6f);
        assertArrayEquals(new float[] {1 + 3, 10 + 30}, sum(rows.get(2), 1, 3), 1e-6f);
    }

    @Test
    void whatIsMissingIsAbsent() {
        assertTrue(rows.get(0).present(0));
        assertFalse(rows.get(0).present(1));
        assertFalse(rows.get(1).present(1), "the click of the very moment is not known");
        assertTrue(rows.get(2).present(1));
        for (FieldRows field : rows) {
            assertFalse(field.present(2));
        }
    }

    @Test
    void aFieldWithoutValuesStillHasATable() {
        FieldEncoder empty = new FieldEncoder(List.of(new CategoricalField(
                new Attribute(
                        "tags",
                        Vocabulary.of(List.of()),
                        new IdLists.Builder().endRow().endRow().endRow().build()),
                FieldKind.MULTIVALENT)));
        assertEquals(List.of(1), empty.tableRows());
        assertEquals(List.of("tags"), empty.tableNames());
    }
}
