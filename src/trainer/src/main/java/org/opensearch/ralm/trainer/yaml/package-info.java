/**
 * Reading YAML so that every complaint names file and line. Knows nothing of what the files are about.
 */
package org.opensearch.ralm.trainer.yaml;
