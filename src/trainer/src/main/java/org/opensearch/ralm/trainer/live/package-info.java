/**
 * What a feed backend does to keep seeds fresh, over HTTP: sets a feed up, sends clicks, watches them being counted.
 *
 * <p>Used by the demo, the benches and the tests of whole clusters; knows nothing of training or of server processes.
 */
package org.opensearch.ralm.trainer.live;
