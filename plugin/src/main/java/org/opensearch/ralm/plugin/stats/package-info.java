/**
 * What the plugin counts on each node, and the API that shows it.
 * The counters are handed to the capabilities that count; this package knows none of them.
 */
package org.opensearch.ralm.plugin.stats;
