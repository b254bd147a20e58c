/**
 * For whose audience a user belongs to a candidate's best: quantiles of the scores that a sample of users has with the
 * candidate, how they are stored beside its seed block, and how a query asks for them. When they are made is the
 * refresh's business.
 */
package org.opensearch.ralm.plugin.exposure;
