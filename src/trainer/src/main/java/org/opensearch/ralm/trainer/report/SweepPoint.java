package org.opensearch.ralm.trainer.report;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What RALM reaches with one number of clusters.
 *
 * @param clusters K
 * @param auc area under the curve over all clicks and their negatives
 * @param gauc the same, averaged over users
 * @param precAt10 prec@10
 * @param precAt50 prec@50
 */
public record SweepPoint(
        int clusters,
        double auc,
        double gauc,
        @JsonProperty("prec_at_10") double precAt10,
        @JsonProperty("prec_at_50") double precAt50) {}
