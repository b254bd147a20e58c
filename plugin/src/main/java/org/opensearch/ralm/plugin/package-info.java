/**
 * The wiring of the plugin: {@link org.opensearch.ralm.plugin.RalmPlugin} hands collaborators to each capability.
 * Logic lives in the capabilities' own packages below this one, never here.
 */
package org.opensearch.ralm.plugin;
