/**
 * Benchmarks of the clustering, with JMH, beside libraries from Maven Central.
 *
 * <p>Compiled by the profile {@code jmh} only; neither these classes nor the libraries are part of anything shipped.
 */
package org.opensearch.ralm.benchmark;
