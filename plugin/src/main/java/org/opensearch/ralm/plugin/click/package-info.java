/**
 * Clicks: what their documents look like, and the ingest processor that completes them with the vectors of their users.
 * Knows feeds and models; counting clicks is the business of {@code refresh}.
 */
package org.opensearch.ralm.plugin.click;
