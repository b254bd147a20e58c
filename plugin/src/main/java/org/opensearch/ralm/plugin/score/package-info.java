/**
 * Scoring candidates for a user: the query and the script {@code ralm_score}, their explanation, and the log of what
 * they computed. Reads candidates from doc values only; how blocks came there is not its business.
 */
package org.opensearch.ralm.plugin.score;
