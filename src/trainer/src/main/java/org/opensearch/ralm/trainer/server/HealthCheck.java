package org.opensearch.ralm.trainer.server;

import java.net.URI;
import java.util.Optional;

/** Asks nodes how they see their cluster. Thread-safe. */
@FunctionalInterface
public interface HealthCheck {
    /** What the node at {@code url} says; nothing if it doesn't answer, or knows no cluster manager yet. */
    Optional<ClusterHealth> of(URI url);
}
