package org.opensearch.ralm.plugin.score;

import org.opensearch.index.mapper.MappedFieldType;
import org.opensearch.ralm.plugin.seeds.SeedsFieldType;

/** Whether the field a query or script names can be scored with its parameters. */
final class SeedFieldCheck {

    private SeedFieldCheck() {}

    /**
     * @param type the field as it is mapped; null if it is not
     * @return the parameters for the field itself, where the name given is an alias of it
     * @throws IllegalArgumentException naming the field and what was expected
     */
    static ScoreParameters check(MappedFieldType type, ScoreParameters parameters) {
        String field = parameters.field();
        if (type == null) {
            throw new IllegalArgumentException(
                    "[ralm_score] needs a field of type [ralm_seeds], but there is no field [" + field
                            + "] in the mapping");
        }
        if (type.unwrap() instanceof SeedsFieldType seeds) {
            if (seeds.dimension() != parameters.dimension()) {
                throw new IllegalArgumentException("field [" + field + "] has dimension " + seeds.dimension()
                        + ", but model [" + parameters.model() + "] has dimension " + parameters.dimension());
            }
        } else {
            throw new IllegalArgumentException("[ralm_score] needs a field of type [ralm_seeds], but field [" + field
                    + "] has type [" + type.typeName() + "]");
        }
        return type.name().equals(field) ? parameters : parameters.withField(type.name());
    }
}
