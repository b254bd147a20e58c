package org.opensearch.ralm.trainer.simulation;

import java.util.function.ToDoubleFunction;

/** What is compared, Table 2 of the paper. */
enum Figure {
    /** Distinct items shown to a user. */
    EXPOSURE("exposure", "exposure, items a user", Totals::exposuresByUser),
    /** Distinct items read by a user, what the paper calls exposure. */
    UNIQUE_READS("unique_reads", "unique reads a user", Totals::readsByUser),
    /** Share of what was shown that was clicked. */
    CTR("ctr", "CTR", Totals::clickRate),
    /** Distinct categories read by a user on a day with a visit. */
    CATEGORY_DIVERSITY("category_diversity", "categories read a day", Totals::categoriesByDay),
    /** Distinct tags read by a user on a day with a visit. */
    TAG_DIVERSITY("tag_diversity", "tags read a day", Totals::tagsByDay),
    /** Gini coefficient of reads over all items that could be shown; lower is more equal. */
    GINI("gini", "Gini of reads (lower: more equal)", Totals::gini),
    /** The same the way round that the paper prefers. */
    ONE_MINUS_GINI("one_minus_gini", "1 - Gini", totals -> 1 - totals.gini());

    private final String key;
    private final String title;
    private final ToDoubleFunction<Totals> value;

    Figure(String key, String title, ToDoubleFunction<Totals> value) {
        this.key = key;
        this.title = title;
        this.value = value;
    }

    /** Its name in JSON. */
    String key() {
        return key;
    }

    /** Its name in tables. */
    String title() {
        return title;
    }

    double of(Totals totals) {
        return value.applyAsDouble(totals);
    }
}
