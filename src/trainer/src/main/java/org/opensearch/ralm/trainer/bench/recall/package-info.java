/**
 * Measures what recalling candidates by their global embeddings before they are scored finds and saves, on a local
 * cluster of its own. Knows the cluster by HTTP only.
 */
package org.opensearch.ralm.trainer.bench.recall;
