package org.opensearch.ralm.trainer.training;

/** Is told how training goes. Called from one thread. */
public interface Progress {

    /** Says nothing to anybody. */
    Progress SILENT = new Progress() {};

    /**
     * A round begins: an epoch, or the part of one up to the next validation.
     *
     * @param phase what is trained
     * @param epoch from 1
     * @param samples how many samples it will show
     */
    default void beginRound(String phase, int epoch, long samples) {}

    /**
     * A batch was learned.
     *
     * @param samples how many samples it had
     * @param loss its loss
     */
    default void batch(int samples, double loss) {}

    /**
     * A round is over.
     *
     * @param loss mean loss of its samples
     * @param validationLoss mean loss of the samples held out
     */
    default void endRound(double loss, double validationLoss) {}
}
