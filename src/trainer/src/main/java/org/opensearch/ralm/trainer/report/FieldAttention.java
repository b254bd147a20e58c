package org.opensearch.ralm.trainer.report;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How much the attention merge layer looks at one field.
 *
 * @param field the field's name
 * @param weight mean attention weight over users that have the field, and over heads; in [0, 1]
 * @param sd standard deviation of that weight between users
 * @param present share of users that have the field
 */
@JsonNaming(SnakeCaseStrategy.class)
public record FieldAttention(String field, double weight, double sd, double present) {

    /**
     * Of users' weights.
     *
     * @param fields the fields' names
     * @param weights users × fields, the mean over heads; NaN where a user lacks the field
     * @return by descending weight; fields that nobody has come last, with NaN
     */
    public static List<FieldAttention> of(List<String> fields, double[][] weights) {
        return IntStream.range(0, fields.size())
                .mapToObj(field -> of(
                        fields.get(field),
                        Arrays.stream(weights)
                                .mapToDouble(user -> user[field])
                                .filter(weight -> !Double.isNaN(weight))
                                .toArray(),
                        weights.length))
                .sorted(Comparator.comparingDouble(
                        attention -> Double.isNaN(attention.weight) ? Double.MAX_VALUE : -attention.weight))
                .toList();
    }

    private static FieldAttention of(String field, double[] weights, int users) {
        double mean = Arrays.stream(weights).average().orElse(Double.NaN);
        double variance = Arrays.stream(weights)
                .map(weight -> (weight - mean) * (weight - mean))
                .average()
                .orElse(Double.NaN);
        return new FieldAttention(field, mean, Math.sqrt(variance), (double) weights.length / users);
    }
}
