/**
 * The file of training options: each option by its documented name, with defaults, bounds and complaints. Knows the
 * options and YAML, and neither data nor training itself.
 */
package org.opensearch.ralm.trainer.config;
