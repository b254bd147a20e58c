package org.opensearch.ralm.trainer.embedding;

import org.opensearch.ralm.trainer.data.ContinuousField;
import org.opensearch.ralm.trainer.data.Field;
import org.opensearch.ralm.trainer.data.FieldKind;
import org.opensearch.ralm.trainer.data.Vocabulary;

/**
 * What a model knows of a user field.
 *
 * @param name the field's name
 * @param kind what the field holds
 * @param values the value of each row of the field's table; empty for a continuous field
 * @param range of a continuous field, else null
 */
record FieldDictionary(String name, FieldKind kind, Vocabulary values, Range range) {

    /**
     * The numbers that training scaled to 0 and to 1.
     *
     * @param low the smallest
     * @param high the largest; below the smallest where there were none
     */
    record Range(float low, float high) {

        /** A number as training would have scaled it; beyond the range it is 0 or 1. */
        float scaled(double number) {
            return high > low ? (float) Math.clamp((number - low) / ((double) high - low), 0, 1) : 0;
        }
    }

    /** What a model that is trained with a field will know. */
    static FieldDictionary of(Field field) {
        Range range = field instanceof ContinuousField number ? new Range(number.low(), number.high()) : null;
        return new FieldDictionary(field.name(), field.kind(), field.vocabulary(), range);
    }
}
