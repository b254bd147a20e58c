/**
 * The content model's forward pass: from what is known of a candidate, its categories, tags and keywords, to a
 * pseudo-seed in the look-alike space.
 *
 * <p>Knows no file, no index and no training.
 */
package org.opensearch.ralm.content;
