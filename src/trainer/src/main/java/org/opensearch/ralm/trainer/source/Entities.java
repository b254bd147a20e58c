package org.opensearch.ralm.trainer.source;

import java.util.Map;
import org.opensearch.ralm.trainer.data.Attribute;
import org.opensearch.ralm.trainer.data.Vocabulary;

/**
 * All users, all items or all contexts of a dataset.
 *
 * @param ids        their external ids
 * @param attributes their values by name, in the order of the columns
 * @param numbers    their numbers by name, NaN where missing
 */
record Entities(Vocabulary ids, Map<String, Attribute> attributes, Map<String, float[]> numbers) {}
