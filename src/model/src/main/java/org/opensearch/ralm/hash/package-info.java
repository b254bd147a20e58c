/**
 * The hash that samples, shards and features are chosen by: the same on every machine and in every version.
 *
 * <p>Hashing only: knows nothing of what is hashed.
 */
package org.opensearch.ralm.hash;
