/**
 * What a trainer learns from: users, items, the clicks between them, and the fields of a user at a moment.
 * Readers of files live here too; everything they read ends in primitive arrays with dense ids.
 * No model, no training and no HTTP may appear here.
 */
package org.opensearch.ralm.trainer.data;
