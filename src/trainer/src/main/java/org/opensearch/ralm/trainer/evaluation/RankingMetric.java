package org.opensearch.ralm.trainer.evaluation;

/** Something measured of rankings, one a user and block. */
interface RankingMetric {

    /** Takes a ranking into account. */
    void add(Ranking ranking);
}
