/**
 * Measures scoring on a local cluster of its own, beside what else a cluster can compute for every candidate: who takes
 * part, the index they share, how they are timed, and the table. Knows the cluster by HTTP only.
 */
package org.opensearch.ralm.trainer.bench.score;
