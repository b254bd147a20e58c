/**
 * What RALM is compared with: the systems of the paper's Table 1, ablations and popularity, each a class of its own.
 * Knows the protocol and the trainer; how results are reported may not appear here.
 */
package org.opensearch.ralm.trainer.baseline;
