package org.opensearch.ralm.dashboards;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A panel of a dashboard.
 *
 * @param title short
 * @param description a sentence: what is shown and what it tells
 * @param width columns of Dashboards' grid, which has {@link Dashboard#COLUMNS}
 * @param chart its Vega-Lite specification
 */
record Panel(String title, String description, int width, ObjectNode chart) {}
