package org.opensearch.ralm.trainer.data;

/**
 * A field read from the user's profile, the same at all times: univalent or multivalent.
 *
 * @param attribute the values of each user
 * @param kind      {@link FieldKind#UNIVALENT} or {@link FieldKind#MULTIVALENT}
 */
public record CategoricalField(Attribute attribute, FieldKind kind) implements Field {

    public CategoricalField {
        if (kind != FieldKind.UNIVALENT && kind != FieldKind.MULTIVALENT) {
            throw new IllegalArgumentException("field [" + attribute.name()
                    + "] read from the profile must be univalent or multivalent, not " + kind);
        }
        IdLists values = attribute.values();
        for (int user = 0; kind == FieldKind.UNIVALENT && user < values.rows(); user++) {
            if (values.size(user) > 1) {
                throw new IllegalArgumentException("univalent field [" + attribute.name() + "] has " + values.size(user)
                        + " values for user number " + user + ", expected at most 1");
            }
        }
    }

    @Override
    public String name() {
        return attribute.name();
    }

    @Override
    public Vocabulary vocabulary() {
        return attribute.vocabulary();
    }

    @Override
    public void write(int user, UserHistory history, int start, int end, FieldColumn.Builder out) {
        out.addIds(attribute.values(), user);
    }
}
