/**
 * Starts, watches and stops local clusters of real OpenSearch processes: for the demo, the benches and the tests.
 * Knows processes, directories and cluster health; knows nothing of models, feeds or look-alike scoring.
 */
package org.opensearch.ralm.trainer.server;
