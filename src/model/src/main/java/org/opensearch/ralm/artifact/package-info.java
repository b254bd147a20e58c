/**
 * The model artifact: {@code model.json} and {@code weights.safetensors}, read, validated and written.
 *
 * <p>Formats only: what the numbers mean is the business of {@code org.opensearch.ralm.lookalike}.
 */
package org.opensearch.ralm.artifact;
