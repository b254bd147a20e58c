/**
 * What the plugin writes down for dashboards: an index a month of documents of several kinds.
 * Capabilities say what their documents hold; this package knows none of them, only the node's statistics.
 * Nothing here may fail, or hold up for long, what it writes about.
 */
package org.opensearch.ralm.plugin.metrics;
