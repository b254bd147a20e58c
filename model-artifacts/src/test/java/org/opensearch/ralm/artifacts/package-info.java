/**
 * Tests that keep the published schema and the demo model true to the code.
 *
 * <p>Nothing here is shipped.
 */
package org.opensearch.ralm.artifacts;
