/**
 * Scoring candidates for a user: the query and the script {@code ralm_score}, the kernel they share, and its
 * explanation. Reads seed blocks from doc values only; how they came there is not its business.
 */
package org.opensearch.ralm.plugin.score;
