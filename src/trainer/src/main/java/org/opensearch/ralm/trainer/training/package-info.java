/**
 * The two phases of training: which samples are shown in which order, when seeds are clustered, when to stop.
 *
 * <p>Knows data and networks; nothing of how models are compared or published.
 */
package org.opensearch.ralm.trainer.training;
