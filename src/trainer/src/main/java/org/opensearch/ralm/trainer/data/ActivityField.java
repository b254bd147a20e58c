package org.opensearch.ralm.trainer.data;

import java.util.ArrayList;
import java.util.List;

/**
 * How much the user had clicked before a moment, as a univalent field of doubling ranges: 1, 2-3, 4-7, … 1024 and more.
 * Missing for a user without clicks.
 *
 * @param name the field's name
 */
public record ActivityField(String name) implements Field {
    private static final int RANGES = 11;
    private static final Vocabulary VOCABULARY = Vocabulary.of(ranges());

    @Override
    public FieldKind kind() {
        return FieldKind.UNIVALENT;
    }

    @Override
    public Vocabulary vocabulary() {
        return VOCABULARY;
    }

    @Override
    public void write(int user, UserHistory history, int start, int end, FieldColumn.Builder out) {
        if (end > start) {
            int log2 = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(end - start);
            out.addId(Math.min(log2, RANGES - 1));
        }
    }

    private static List<String> ranges() {
        List<String> names = new ArrayList<>();
        names.add("1");
        for (int range = 1; range < RANGES - 1; range++) {
            names.add((1 << range) + "-" + ((2 << range) - 1));
        }
        names.add((1 << (RANGES - 1)) + "+");
        return names;
    }
}
