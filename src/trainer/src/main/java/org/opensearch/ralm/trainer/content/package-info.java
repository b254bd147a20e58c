/**
 * The content model in training: pseudo-seeds for candidates without seeds, learned from candidates that have them, and
 * how good they are for items that were hidden.
 *
 * <p>Its forward pass is {@code org.opensearch.ralm.content}; which model it is trained for is the caller's business.
 */
package org.opensearch.ralm.trainer.content;
