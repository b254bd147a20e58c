/**
 * Brings a trained model to a running OpenSearch cluster: the model, an index of user vectors, the feed.
 *
 * <p>Speaks HTTP only; knows nothing of training or of how a server is started.
 */
package org.opensearch.ralm.trainer.publish;
