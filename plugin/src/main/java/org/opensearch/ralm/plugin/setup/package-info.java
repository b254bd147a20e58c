/**
 * Makes what a feed needs and is not there yet: indices with their mappings, and ingest pipelines.
 * Works as the calling user, and never changes what is there.
 */
package org.opensearch.ralm.plugin.setup;
