/**
 * K-means over look-alike vectors and the running means between two clusterings.
 *
 * <p>Works on plain arrays; knows neither the model nor the format its result is stored in.
 */
package org.opensearch.ralm.cluster;
