package org.opensearch.ralm.trainer.evaluation;

import java.util.function.ToDoubleFunction;

/** What is measured of a contender. */
public enum Metric {
    /** Area under the ROC curve over all clicks and their negatives. */
    AUC("auc", "AUC", of -> of.measurement().auc()),
    /** The same, averaged over users. */
    GAUC("gauc", "GAUC", of -> of.measurement().gauc()),
    /** AUC among the items that had been clicked before the span that is measured. */
    AUC_KNOWN_ITEMS("auc_known_items", "AUC known", of -> of.measurement().knownItemsAuc()),
    /** AUC among the items that were born later. */
    AUC_NEW_ITEMS("auc_new_items", "AUC new", of -> of.measurement().newItemsAuc()),
    /** prec@10, equation (12). */
    PREC_AT_10("prec_at_10", "prec@10", of -> of.measurement().precisionAt10()),
    /** prec@50. */
    PREC_AT_50("prec_at_50", "prec@50", of -> of.measurement().precisionAt50()),
    /** How unevenly the candidates are shown. */
    GINI("gini", "Gini", of -> of.exposures().gini()),
    /** Distinct categories in what a user is shown. */
    CATEGORY_DIVERSITY("category_diversity", "categories", of -> of.exposures().categoryDiversity()),
    /** Distinct tags in what a user is shown. */
    TAG_DIVERSITY("tag_diversity", "tags", of -> of.exposures().tagDiversity()),
    /** Distinct pairs of a user and an item shown. */
    EXPOSURE("exposure", "exposure", of -> of.exposures().exposure()),
    /** Share of what is shown that is not among the most clicked. */
    LONG_TAIL_SHARE("long_tail_share", "long tail", of -> of.exposures().longTailShare());

    /**
     * One measurement of a scorer.
     *
     * @param measurement how well it ranks
     * @param exposures   what it would show
     */
    record Observation(Measurement measurement, Exposures exposures) {}

    private final String key;
    private final String title;
    private final ToDoubleFunction<Observation> value;

    Metric(String key, String title, ToDoubleFunction<Observation> value) {
        this.key = key;
        this.title = title;
        this.value = value;
    }

    /** Its name in JSON. */
    public String key() {
        return key;
    }

    /** Its name in tables. */
    public String title() {
        return title;
    }

    double of(Observation observation) {
        return value.applyAsDouble(observation);
    }
}
