package org.opensearch.ralm.trainer.training;

import org.opensearch.ralm.artifact.LookalikeForm;
import org.opensearch.ralm.trainer.network.LookalikeObjective;

/**
 * How the look-alike phase is trained.
 *
 * @param head what is trained
 * @param objective the loss
 * @param seeds what represents a candidate
 * @param schedule how samples are shown
 */
public record LookalikeOptions(Head head, LookalikeObjective objective, Seeds seeds, Schedule schedule) {

    /**
     * What is trained.
     *
     * @param dimension h, the width of look-alike vectors
     * @param clusters K
     * @param form the form of the head
     * @param alpha weight of the global cosine
     * @param beta weight of the local cosine
     * @param chosenWeights whether alpha and beta are but the weights that training begins with, those of the model being
     *     chosen on the samples held out
     */
    public record Head(
            int dimension, int clusters, LookalikeForm form, double alpha, double beta, boolean chosenWeights) {}

    /**
     * What represents a candidate.
     *
     * @param min only candidates with at least so many seeds are learned from
     * @param max the newest so many seeds represent a candidate
     * @param reclusterBatches seeds are clustered anew after so many batches, and at least once an epoch
     * @param members how many members of a cluster its centroid is computed from in each batch, so that the gradient
     *     reaches the transform through the seeds, too; 0 to keep centroids frozen, as in the paper
     */
    public record Seeds(int min, int max, int reclusterBatches, int members) {}

    /**
     * How samples are shown.
     *
     * @param negatives candidates drawn against each click
     * @param epochs how many times the samples are shown at most
     * @param batch samples a step
     * @param rate Adam's learning rate
     */
    public record Schedule(int negatives, int epochs, int batch, double rate) {}

    /** The default, size-aware and tempered. */
    public static final LookalikeOptions DEFAULT = new LookalikeOptions(
            new Head(128, 20, LookalikeForm.DEFAULT, 0.3, 0.7, false),
            LookalikeObjective.DEFAULT,
            new Seeds(20, 128, 1000, 0),
            new Schedule(10, 10, 256, 3e-3));

    /** The paper's form. */
    public static final LookalikeOptions PAPER = new LookalikeOptions(
            new Head(128, 20, LookalikeForm.PAPER, 0.3, 0.7, false),
            LookalikeObjective.PAPER,
            new Seeds(20, 128, 1000, 0),
            new Schedule(10, 10, 256, 1e-3));

    /** K. */
    public int clusters() {
        return head.clusters();
    }

    /** Only candidates with at least so many seeds are learned from. */
    public int minSeeds() {
        return seeds.min();
    }

    /** The newest so many seeds represent a candidate. */
    public int maxSeeds() {
        return seeds.max();
    }

    /** The same with one cluster, so that a candidate is the average of its seeds: the paper's "RALM with average". */
    public LookalikeOptions average() {
        return withClusters(1).globalOnly();
    }

    /** The same with another K. */
    public LookalikeOptions withClusters(int clusters) {
        return withHead(
                new Head(head.dimension(), clusters, head.form(), head.alpha(), head.beta(), head.chosenWeights()));
    }

    /** The same with h of another size. */
    public LookalikeOptions withDimension(int dimension) {
        return withHead(
                new Head(dimension, head.clusters(), head.form(), head.alpha(), head.beta(), head.chosenWeights()));
    }

    /** The same with another form of the head. */
    public LookalikeOptions withForm(LookalikeForm form) {
        return withHead(
                new Head(head.dimension(), head.clusters(), form, head.alpha(), head.beta(), head.chosenWeights()));
    }

    /** The same with given weights of the two cosines. */
    public LookalikeOptions withWeights(double alpha, double beta) {
        return withHead(new Head(head.dimension(), head.clusters(), head.form(), alpha, beta, false));
    }

    /** The same with weights of the two cosines that are chosen on the samples held out. */
    public LookalikeOptions withChosenWeights() {
        return withHead(new Head(head.dimension(), head.clusters(), head.form(), head.alpha(), head.beta(), true));
    }

    /** The same without local attention. */
    public LookalikeOptions globalOnly() {
        return withWeights(1, 0);
    }

    /** The same without global attention. */
    public LookalikeOptions localOnly() {
        return withWeights(0, 1);
    }

    /** The same with another head. */
    public LookalikeOptions withHead(Head other) {
        return new LookalikeOptions(other, objective, seeds, schedule);
    }

    /** The same with another loss. */
    public LookalikeOptions withObjective(LookalikeObjective other) {
        return new LookalikeOptions(head, other, seeds, schedule);
    }

    /** The same with other seeds. */
    public LookalikeOptions withSeeds(Seeds other) {
        return new LookalikeOptions(head, objective, other, schedule);
    }

    /** The same with another schedule. */
    public LookalikeOptions withSchedule(Schedule other) {
        return new LookalikeOptions(head, objective, seeds, other);
    }
}
