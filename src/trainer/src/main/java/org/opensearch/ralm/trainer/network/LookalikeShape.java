package org.opensearch.ralm.trainer.network;

import org.opensearch.ralm.artifact.LookalikeForm;

/**
 * The sizes and form of a look-alike network.
 *
 * @param universal N
 * @param dimension h
 * @param attention s, the size of the global attention
 * @param clusters K, the most clusters a candidate has
 * @param form the form of the head
 * @param alpha weight of the global cosine
 * @param beta weight of the local cosine
 */
public record LookalikeShape(
        int universal, int dimension, int attention, int clusters, LookalikeForm form, double alpha, double beta) {}
