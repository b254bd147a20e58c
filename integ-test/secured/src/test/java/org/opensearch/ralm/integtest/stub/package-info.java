/**
 * Parts of a server that are not published, as empty as may be. They are packed into the tested server, not used by
 * tests.
 */
package org.opensearch.ralm.integtest.stub;
