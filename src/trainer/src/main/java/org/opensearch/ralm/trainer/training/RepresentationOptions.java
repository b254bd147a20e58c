package org.opensearch.ralm.trainer.training;

/**
 * How the representation phase is trained.
 *
 * @param dimension N, the width of user embeddings
 * @param fieldWidth d, the width of a field
 * @param heads heads of the attention merge layer; 1 in the paper
 * @param negatives items drawn against each click; 10 in the paper
 * @param timeLocal whether negatives are drawn from clicks of the same days; otherwise by rank, equation (3)
 * @param maxPositives the latest so many clicks of a user are shown; 50 in the paper
 * @param epochs how many times the samples are shown at most
 * @param batch samples a step
 * @param rate Adam's learning rate
 * @param historyDropout share of a user's earlier clicks that a sample does not see, in [0, 1); 0 in the paper. With few
 *     clicks an item, it is what keeps the network from learning them by heart
 */
public record RepresentationOptions(
        int dimension,
        int fieldWidth,
        int heads,
        int negatives,
        boolean timeLocal,
        int maxPositives,
        int epochs,
        int batch,
        double rate,
        double historyDropout) {

    /** The defaults. */
    public static final RepresentationOptions DEFAULT =
            new RepresentationOptions(64, 64, 4, 10, true, 50, 10, 256, 2e-3, 0.5);

    /** Section 4.1 of the paper. */
    public static final RepresentationOptions PAPER =
            new RepresentationOptions(128, 128, 1, 10, false, 50, 10, 256, 1e-3, 0);
}
