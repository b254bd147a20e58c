/**
 * Runs benchmarks with JMH; those of the clustering, beside libraries from Maven Central, are here.
 *
 * <p>Compiled by the profile {@code jmh} only; neither these classes nor the libraries are part of anything shipped.
 */
package org.opensearch.ralm.benchmark;
