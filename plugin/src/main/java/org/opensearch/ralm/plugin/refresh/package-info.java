/**
 * The live loop: brings the seed blocks of candidates up to their clicks, on each node for the primaries it has.
 * Reads clicks and writes candidates; what a click or a candidate looks like is the business of {@code click} and
 * {@code seeds}.
 */
package org.opensearch.ralm.plugin.refresh;
