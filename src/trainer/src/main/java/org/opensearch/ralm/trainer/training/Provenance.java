package org.opensearch.ralm.trainer.training;

import java.util.Objects;

/**
 * What the state of a phase is a function of, so that a checkpoint is gone on from only by the training that wrote it.
 *
 * @param data digest of the dataset
 * @param options everything that was chosen, as text
 * @param seed of all random choices
 */
record Provenance(String data, String options, long seed) {

    /** Checks that nothing is missing. */
    Provenance {
        Objects.requireNonNull(data, "data");
        Objects.requireNonNull(options, "options");
    }

    /** What differs from another training, for people; empty if nothing does. */
    String differenceFrom(Provenance other) {
        StringBuilder differences = new StringBuilder();
        if (data.equals(other.data) == false) {
            differences.append("; other data");
        }
        if (options.equals(other.options) == false) {
            differences
                    .append("; options ")
                    .append(other.options)
                    .append(", now ")
                    .append(options);
        }
        if (seed != other.seed) {
            differences.append("; seed ").append(other.seed).append(", now ").append(seed);
        }
        return differences.isEmpty() ? "" : differences.substring(2);
    }
}
