/**
 * Changing the model of a feed that searches go by: preparing another model beside the one in use, going over to it by
 * one pointer, going back, and taking away what is no longer needed.
 * How blocks are made and counted is the refresh's business.
 */
package org.opensearch.ralm.plugin.rollout;
