package org.opensearch.ralm.trainer.simulation;

import java.util.Collection;
import org.opensearch.ralm.trainer.evaluation.Gini;

/** Sums over users, from which all figures follow; not thread-safe. */
final class Totals {
    private final int[] itemPlaces;
    private final long[] readsByItem;
    private long users;
    private long impressions;
    private long exposures;
    private long reads;
    private long days;
    private long categories;
    private long tags;

    /**
     * @param itemPlaces the place of each item among those that could be shown; negative for others
     * @param items how many could be shown
     */
    Totals(int[] itemPlaces, int items) {
        this.itemPlaces = itemPlaces;
        this.readsByItem = new long[items];
    }

    Totals addAll(Collection<UserOutcome> outcomes) {
        outcomes.forEach(this::add);
        return this;
    }

    void add(UserOutcome user) {
        users++;
        impressions += user.impressions();
        exposures += user.exposures();
        reads += user.read().length;
        days += user.days();
        categories += user.categories();
        tags += user.tags();
        for (int item : user.read()) {
            readsByItem[itemPlaces[item]]++;
        }
    }

    double exposuresByUser() {
        return (double) exposures / users;
    }

    double readsByUser() {
        return (double) reads / users;
    }

    double clickRate() {
        return (double) reads / impressions;
    }

    double categoriesByDay() {
        return (double) categories / days;
    }

    double tagsByDay() {
        return (double) tags / days;
    }

    double gini() {
        return Gini.of(readsByItem);
    }
}
