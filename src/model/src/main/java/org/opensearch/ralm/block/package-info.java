/**
 * The seed block: the binary form in which a candidate's clusters and global embedding are stored and scored.
 *
 * <p>Format only; knows neither the model nor where the bytes are kept.
 */
package org.opensearch.ralm.block;
