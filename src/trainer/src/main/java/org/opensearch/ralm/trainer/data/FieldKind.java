package org.opensearch.ralm.trainer.data;

/** The kinds of user fields (section 4.1 of the paper, and histories as a kind of their own). */
public enum FieldKind {
    /** At most one id a user, e.g. gender. */
    UNIVALENT,
    /** A set of ids a user, e.g. interested categories. */
    MULTIVALENT,
    /** A number a user, scaled to [0, 1]. */
    CONTINUOUS,
    /** Ids derived from the user's own latest clicks before the moment in question, e.g. the articles read, the devices. */
    HISTORY
}
