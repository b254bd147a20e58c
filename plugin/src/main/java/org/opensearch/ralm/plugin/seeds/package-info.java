/**
 * What represents a candidate: the field type that holds its seed block, and the ingest processor that makes it from
 * seed users. Writes blocks; scoring them is the business of {@code score}, keeping them fresh that of {@code refresh}.
 */
package org.opensearch.ralm.plugin.seeds;
