/**
 * Feeds: which candidates, users and model belong together, and how the candidates' seeds are clustered.
 * Knows the model registry; how candidates are clustered or scored is not its business.
 */
package org.opensearch.ralm.plugin.feed;
