/** Measures of rankings, as pure functions of scores and clicks. Knows no data, no model and no training. */
package org.opensearch.ralm.trainer.metric;
