/**
 * Tests of the whole: real server processes with the plugin installed, asked over HTTP and nothing else.
 * What a test inside one JVM can show belongs to the module that owns the code.
 */
package org.opensearch.ralm.integtest;
