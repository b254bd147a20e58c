/**
 * What the registries of models and feeds share: a client that acts as the plugin, system indices made on first use,
 * caches of their documents and the broadcast that renews them on all nodes; and what is done again and again.
 * Knows neither models nor feeds.
 */
package org.opensearch.ralm.plugin.system;
