/**
 * Measures the live loop on a local cluster of its own: load at a steady rate, staleness, losses, cost.
 *
 * <p>Measures and reports only; how clicks are sent and watched is the business of {@code live}.
 */
package org.opensearch.ralm.trainer.bench;
