package org.opensearch.ralm.trainer.evaluation;

/** Something that can be compared. Implementations hold no state. */
public interface Contender {

    /** What it is called in tables. */
    String name();

    /** Whether another random seed may give other scores; if not, it is measured once. */
    boolean usesChance();

    /**
     * Makes it ready to score, training what it needs and no more; what it has to choose it chooses by the
     * {@linkplain Experiment#validation validation} of the experiment.
     */
    Scorer scorer(Experiment experiment);
}
