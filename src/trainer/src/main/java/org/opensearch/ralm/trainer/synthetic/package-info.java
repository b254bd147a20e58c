/**
 * A made-up news feed whose truth is known: who likes what, and how well any model could rank at best.
 * Everything follows from the options, byte for byte. Nothing here knows how models are trained or measured.
 */
package org.opensearch.ralm.trainer.synthetic;
