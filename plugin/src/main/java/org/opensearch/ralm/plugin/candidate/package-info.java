/**
 * Shows one candidate: how many seeds it has, how old what was made of them is, and who is typical of its clusters.
 * Reads as the calling user; computes nothing that is stored.
 */
package org.opensearch.ralm.plugin.candidate;
