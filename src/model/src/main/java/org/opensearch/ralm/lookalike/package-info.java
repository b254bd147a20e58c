/**
 * The look-alike model's forward pass: transform, local and global attention, score.
 *
 * <p>The one definition of the mathematics, on EJML in double precision: the training graph and the search engine's
 * fast kernel are tested against it. Knows no file, no index and no training.
 */
package org.opensearch.ralm.lookalike;
