package org.opensearch.ralm.trainer.bench.chaos;

/**
 * Something that goes wrong.
 *
 * @param kind what
 * @param node the place of the node it happens to; without meaning where it happens to all
 * @param pauseSeconds how long all is well before
 * @param seconds how long it lasts; the time to recover comes on top
 */
record Fault(FaultKind kind, int node, int pauseSeconds, int seconds) {}
