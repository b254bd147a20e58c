package org.opensearch.ralm.trainer.bench.chaos;

import java.util.Locale;

/** How a query ended. */
enum Outcome {
    /** With hits of all shards. */
    ANSWERED,
    /** A node or a shard had too much to do or too little memory, and said so with 429. */
    REFUSED,
    /** During a fault, and the answer says that there was no copy of a shard, or no cluster, to ask. */
    UNAVAILABLE,
    /** In any other way. */
    FAILED;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
