package org.opensearch.ralm.trainer.training;

/**
 * How a model is trained.
 *
 * @param representation phase 1
 * @param lookalike phase 2
 * @param patience epochs without a better validation loss after which a phase stops
 * @param seed of all random choices
 */
public record TrainingOptions(
        RepresentationOptions representation, LookalikeOptions lookalike, int patience, long seed) {

    /** The defaults. */
    public static final TrainingOptions DEFAULT =
            new TrainingOptions(RepresentationOptions.DEFAULT, LookalikeOptions.DEFAULT, 3, 42);
}
