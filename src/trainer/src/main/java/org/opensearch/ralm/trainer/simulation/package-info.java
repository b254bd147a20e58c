/**
 * The paper's online test on a made-up feed whose truth is known: days replayed with and without look-alike.
 *
 * <p>Recommenders see what a platform sees, clicks and profiles; only the readers who click know the truth. Trains
 * nothing.
 */
package org.opensearch.ralm.trainer.simulation;
