/**
 * How good a ranking is: the protocol that makes test cases of held-out clicks, metrics, and the comparison of contenders.
 * Knows no contender, and nothing before a test block may see what happens in it.
 */
package org.opensearch.ralm.trainer.evaluation;
