/**
 * Makes the saved objects of OpenSearch Dashboards: index patterns, and dashboards of Vega-Lite panels over what the
 * plugin and the feed backend write. Names of fields come from the mappings of these indices and from nowhere else.
 */
package org.opensearch.ralm.dashboards;
