/**
 * How good a ranking is: metrics, the protocol that makes test cases of held-out clicks, and simple baselines.
 * Nothing here trains, and nothing before a test block may see what happens in it.
 */
package org.opensearch.ralm.trainer.evaluation;
