/**
 * An example to copy from: the backend of a feed, by opensearch-java. Nothing of the plugin or the trainer may be used
 * here.
 */
package org.opensearch.ralm.client;
