package org.opensearch.ralm.plugin.health;

import java.util.Locale;

/** How well something is; the later, the worse. */
enum HealthStatus {
    /** All is well. */
    GREEN,
    /** It works, but somebody should look. */
    YELLOW,
    /** Something does not work. */
    RED;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
