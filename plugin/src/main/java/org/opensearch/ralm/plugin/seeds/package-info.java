/**
 * What represents a candidate: the field type that holds its seed block, the ingest processor that makes it from seed
 * users, and the background refresh that keeps it in step with the feed's model.
 * Writes blocks; scoring them is the business of {@code score}.
 */
package org.opensearch.ralm.plugin.seeds;
