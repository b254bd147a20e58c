/**
 * Where datasets come from: files described by YAML, public formats, the synthetic feed. DuckDB parses every file.
 * What is read ends in the types of the data package; nothing here trains or evaluates.
 */
package org.opensearch.ralm.trainer.source;
