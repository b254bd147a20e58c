package org.opensearch.ralm.plugin.score;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import org.apache.lucene.index.LeafReaderContext;
import org.opensearch.index.fielddata.IndexFieldData;
import org.opensearch.index.fielddata.IndexNumericFieldData;
import org.opensearch.index.fielddata.IndexNumericFieldData.NumericType;
import org.opensearch.index.mapper.MappedFieldType;
import org.opensearch.search.MultiValueMode;

/**
 * What the hits of a shard score for one user. Immutable.
 *
 * @param parameters user, model and output
 * @param clicks the field of {@code popularity}; null if clicks do not count
 */
record HitScores(ScoreParameters parameters, IndexNumericFieldData clicks) {

    private static final Set<NumericType> NO_COUNTS =
            EnumSet.of(NumericType.BOOLEAN, NumericType.DATE, NumericType.DATE_NANOSECONDS);

    /**
     * Finds the field of clicks, if they count.
     *
     * @param types the mapping: a field's type by its name, null if there is none
     * @param data the doc values of a field
     * @throws IllegalArgumentException naming the field and what was expected
     */
    static HitScores of(
            ScoreParameters parameters,
            Function<String, MappedFieldType> types,
            Function<MappedFieldType, IndexFieldData<?>> data) {
        if (parameters.popularity() == null) {
            return new HitScores(parameters, null);
        }
        String field = parameters.popularity().field();
        MappedFieldType type = types.apply(field);
        if (type == null) {
            throw new IllegalArgumentException(
                    "[popularity.field] of [ralm_score] is [" + field + "], but there is no such field in the mapping");
        }
        if (type.hasDocValues()
                && data.apply(type) instanceof IndexNumericFieldData numbers
                && NO_COUNTS.contains(numbers.getNumericType()) == false) {
            return new HitScores(parameters, numbers);
        }
        throw new IllegalArgumentException(
                "[popularity.field] of [ralm_score] must be a field of numbers with doc values,"
                        + " but [" + field + "] has type [" + type.typeName() + "]"
                        + (type.hasDocValues() ? "" : " and no doc values"));
    }

    /** What the hits of a segment score; several values of a hit count as the largest, none as 0. */
    HitScore in(LeafReaderContext segment) throws IOException {
        return clicks == null
                ? new LookalikeScore(parameters)
                : new PopularityScore(
                        parameters,
                        MultiValueMode.MAX.select(clicks.load(segment).getDoubleValues()));
    }
}
