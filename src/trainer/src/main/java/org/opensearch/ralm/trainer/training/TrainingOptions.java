package org.opensearch.ralm.trainer.training;

/**
 * How a model is trained.
 *
 * @param representation phase 1
 * @param lookalike phase 2
 * @param patience epochs without a better validation AUC after which a phase stops
 * @param validateBatches a phase is validated, and its checkpoint written, after so many batches and after each epoch
 * @param seed of all random choices
 */
public record TrainingOptions(
        RepresentationOptions representation,
        LookalikeOptions lookalike,
        int patience,
        int validateBatches,
        long seed) {

    /** The defaults. */
    public static final TrainingOptions DEFAULT =
            new TrainingOptions(RepresentationOptions.DEFAULT, LookalikeOptions.DEFAULT, 3, 1000, 42);

    /** The same with another random seed. */
    public TrainingOptions withSeed(long other) {
        return new TrainingOptions(representation, lookalike, patience, validateBatches, other);
    }

    /** The same with another phase 1. */
    public TrainingOptions withRepresentation(RepresentationOptions other) {
        return new TrainingOptions(other, lookalike, patience, validateBatches, seed);
    }
}
