/**
 * What the ingest processors share: working on many documents at a time, and keeping pipelines from documents that have
 * been through them. Knows neither candidates nor clicks.
 */
package org.opensearch.ralm.plugin.ingest;
