/**
 * Scores a user against encoded seed blocks, straight from their bytes, as fast as the memory allows.
 *
 * <p>Methods of loops over registers take and return none: what a call that is not inlined passes on in registers is
 * boxed, and the compiler inlines helpers of our own as long as it likes to, those of the Vector API always.
 *
 * <p>Computes what {@code lookalike} defines, in single precision where vectors are concerned. Knows the format of
 * blocks, but no model, no index and no request.
 */
package org.opensearch.ralm.kernel;
