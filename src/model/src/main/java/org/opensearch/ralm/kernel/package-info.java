/**
 * Scores a user against encoded seed blocks, straight from their bytes, as fast as the memory allows.
 *
 * <p>Computes what {@code lookalike} defines, in single precision where vectors are concerned. Knows the format of
 * blocks, but no model, no index and no request.
 */
package org.opensearch.ralm.kernel;
