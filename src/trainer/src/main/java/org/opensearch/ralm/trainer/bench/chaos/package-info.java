/**
 * Breaks things under load: three real nodes, faults by a seed, and books of what must be there and right afterwards.
 *
 * <p>Knows a cluster only by HTTP and its processes; how clicks are sent is the business of {@code live}.
 */
package org.opensearch.ralm.trainer.bench.chaos;
