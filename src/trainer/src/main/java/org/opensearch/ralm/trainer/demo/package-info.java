/**
 * The main job once from end to end: train, publish, send clicks, search for held-out users.
 *
 * <p>Everything it says of a model was measured through the cluster's {@code _search}.
 */
package org.opensearch.ralm.trainer.demo;
