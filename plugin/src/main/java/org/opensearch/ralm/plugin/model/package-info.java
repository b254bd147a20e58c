/**
 * The model registry: uploading, listing and deleting immutable models, and this node's cache of them.
 * Knows the artifact and the system index it lies in; which feeds use a model it is told.
 */
package org.opensearch.ralm.plugin.model;
