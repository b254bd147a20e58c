/** Tests of the saved objects, and of the dashboards drawn over a real cluster's data. */
package org.opensearch.ralm.dashboards;
