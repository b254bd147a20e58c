package org.opensearch.ralm.trainer.data;

import java.util.List;

/** A number of the user's profile, scaled to [0, 1] by the smallest and the largest value seen; NaN is missing. */
public final class ContinuousField implements Field {
    private static final Vocabulary EMPTY = Vocabulary.of(List.of());

    private final String name;
    private final float[] values;
    private final float low;
    private final float high;

    private ContinuousField(String name, float[] values, float low, float high) {
        this.name = name;
        this.values = values;
        this.low = low;
        this.high = high;
    }

    /**
     * Scales raw values, one a user, to [0, 1]; if all are equal each becomes 0.
     *
     * @throws IllegalArgumentException if a value is infinite
     */
    public static ContinuousField scaled(String name, float[] raw) {
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (float value : raw) {
            if (Float.isInfinite(value)) {
                throw new IllegalArgumentException("continuous field [" + name + "] has an infinite value");
            }
            low = value < low ? value : low;
            high = value > high ? value : high;
        }
        float[] scaled = new float[raw.length];
        for (int user = 0; user < raw.length; user++) {
            scaled[user] = high > low || Float.isNaN(raw[user]) ? (raw[user] - low) / (high - low) : 0;
        }
        return new ContinuousField(name, scaled, low, high);
    }

    /** The number that became 0; positive infinity if there was none. */
    public float low() {
        return low;
    }

    /** The number that became 1; negative infinity if there was none. */
    public float high() {
        return high;
    }

    /** The values of some of the users, scaled as they are. */
    ContinuousField ofUsers(int[] users) {
        float[] kept = new float[users.length];
        for (int user = 0; user < kept.length; user++) {
            kept[user] = values[users[user]];
        }
        return new ContinuousField(name, kept, low, high);
    }

    /** How many users there are values for. */
    int users() {
        return values.length;
    }

    /** A user's scaled value, NaN if it is missing. */
    float value(int user) {
        return values[user];
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public FieldKind kind() {
        return FieldKind.CONTINUOUS;
    }

    @Override
    public Vocabulary vocabulary() {
        return EMPTY;
    }

    @Override
    public void write(int user, UserHistory history, int start, int end, FieldColumn.Builder out) {
        if (!Float.isNaN(values[user])) {
            out.addValue(values[user]);
        }
    }
}
