package org.opensearch.ralm.trainer.report;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * How much the attention merge layer looks at one field.
 *
 * @param field the field's name
 * @param weight mean attention weight over users that have the field, and over heads; in [0, 1]
 * @param sd standard deviation of that weight between users
 * @param present share of users that have the field
 */
@JsonNaming(SnakeCaseStrategy.class)
public record FieldAttention(String field, double weight, double sd, double present) {}
