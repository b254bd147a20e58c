package org.opensearch.ralm.plugin.score;

import java.util.Locale;

/** What a query does whose user has no vector, or none of the feed's model. */
enum MissingUser {
    /** It is refused. */
    ERROR,
    /** It scores by the mean of the model's users. */
    GLOBAL,
    /** It matches nothing. */
    EMPTY;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
