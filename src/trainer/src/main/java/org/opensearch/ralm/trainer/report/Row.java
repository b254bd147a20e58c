package org.opensearch.ralm.trainer.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Map;

/**
 * What one model reached: the mean over trainings with different random seeds. NaN where it was not measured.
 *
 * @param model the model's name
 * @param auc area under the curve over all clicks and their negatives
 * @param gauc the same, averaged over users
 * @param aucKnownItems AUC among the items that had been clicked before the test
 * @param aucNewItems the same among those born later
 * @param precAt10 prec@10, equation (12) of the paper
 * @param precAt50 prec@50
 * @param gini Gini coefficient of the exposure of items in the first ten places; lower is more equal
 * @param categoryDiversity distinct categories in a user's first ten places
 * @param tagDiversity distinct tags in a user's first ten places
 * @param exposure distinct (user, item) pairs in the first ten places
 * @param longTailShare share of exposures that items outside the most popular tenth get
 * @param seeds how many trainings the mean is over
 * @param sd standard deviation between the trainings of each figure, by its name in JSON; empty for one training
 */
@JsonNaming(SnakeCaseStrategy.class)
public record Row(
        String model,
        double auc,
        double gauc,
        double aucKnownItems,
        double aucNewItems,
        @JsonProperty("prec_at_10") double precAt10,
        @JsonProperty("prec_at_50") double precAt50,
        double gini,
        double categoryDiversity,
        double tagDiversity,
        long exposure,
        double longTailShare,
        int seeds,
        Map<String, Double> sd) {

    public Row {
        sd = Map.copyOf(sd);
    }
}
