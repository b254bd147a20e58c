/**
 * Look-alike vectors of users who were not in training: a model's directory read back, the data's field values
 * translated into the rows the model knows, and the vectors written, shard by shard.
 *
 * <p>The forward pass is that of training; how data is read is the business of {@code source}.
 */
package org.opensearch.ralm.trainer.embedding;
