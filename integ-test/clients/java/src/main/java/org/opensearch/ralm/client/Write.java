package org.opensearch.ralm.client;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A document to be written.
 *
 * @param id null where the pipeline of the index makes it
 */
record Write(String id, ObjectNode document) {}
