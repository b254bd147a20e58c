/**
 * What an evaluation reports: the results as records and JSON, and the same as a page with tables and charts.
 *
 * <p>Measures nothing that a trained model must be asked for twice: knows scores and labels, no training and no command.
 */
package org.opensearch.ralm.trainer.report;
