/**
 * The look-alike question asked the other way: the query {@code ralm_audience}, which users are most like a candidate's
 * seeds. Reads users' vectors as they are indexed; how blocks and thresholds came to be is not its business.
 */
package org.opensearch.ralm.plugin.audience;
