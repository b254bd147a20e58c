/**
 * The representation model's forward pass: from a user's fields to the universal user embedding.
 *
 * <p>The one definition of this mathematics, on EJML in double precision; the training graph is tested against it.
 * Knows no file, no index and no training.
 */
package org.opensearch.ralm.representation;
