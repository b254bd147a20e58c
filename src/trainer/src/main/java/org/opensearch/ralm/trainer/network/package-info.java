/**
 * The two networks as they are trained: parameters in Java arrays, gradients by PyTorch through DJL, Adam in Java.
 *
 * <p>Embedding tables are updated row by row. Knows nothing of files, of time or of how samples are chosen.
 */
package org.opensearch.ralm.trainer.network;
