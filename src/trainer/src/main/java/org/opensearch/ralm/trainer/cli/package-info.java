/**
 * The {@code ralm} command line: one class a subcommand, which reads options, calls the packages that do the work and
 * prints what they did. No training, measuring or server logic lives here.
 */
package org.opensearch.ralm.trainer.cli;
