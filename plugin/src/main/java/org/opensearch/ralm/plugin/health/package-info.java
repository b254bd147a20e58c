/**
 * Whether all is well, and if not, why and what to do: green, yellow or red, with reasons.
 * Looks at what the other capabilities tell of themselves; none of them knows this package.
 */
package org.opensearch.ralm.plugin.health;
