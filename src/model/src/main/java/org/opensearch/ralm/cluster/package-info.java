/** K-means. */
package org.opensearch.ralm.cluster;
