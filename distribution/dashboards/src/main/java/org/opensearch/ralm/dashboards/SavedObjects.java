package org.opensearch.ralm.dashboards;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The objects that Dashboards' import takes: an index pattern for each index, a visualization for each panel, and the
 * dashboards that refer to these. Ids are made of names, so that a newer file takes the place of an older one.
 */
final class SavedObjects {

    /** The version of Dashboards that these objects are written for. */
    private static final String DASHBOARDS = "3.6.0";

    private static final String SEARCH_SOURCE = "{\"query\":{\"query\":\"\",\"language\":\"kuery\"},\"filter\":[]}";

    private final String feed;

    SavedObjects(String feed) {
        this.feed = feed;
    }

    /** All of them, each after those that it refers to. */
    List<ObjectNode> of(List<Source> indices, List<Dashboard> dashboards) {
        List<ObjectNode> objects = new ArrayList<>();
        indices.forEach(index -> objects.add(indexPattern(index)));
        for (Dashboard dashboard : dashboards) {
            dashboard.panels().forEach(panel -> objects.add(visualization(dashboard, panel)));
            objects.add(dashboard(dashboard));
        }
        return objects;
    }

    private static ObjectNode indexPattern(Source source) {
        ObjectNode object = object("index-pattern", id(source.index()), "7.6.0");
        ObjectNode attributes = object.putObject("attributes").put("title", source.index());
        if (source.timeField() != null) {
            attributes.put("timeFieldName", source.timeField());
        }
        return object;
    }

    private ObjectNode visualization(Dashboard dashboard, Panel panel) {
        ObjectNode object = object("visualization", visualizationId(dashboard, panel), "7.10.0");
        String title = dashboard.title() + ": " + panel.title() + ": " + feed;
        ObjectNode state = Json.object().put("title", title).put("type", "vega");
        state.putArray("aggs");
        state.putObject("params").put("spec", Json.write(panel.chart()));
        ObjectNode attributes = object.putObject("attributes")
                .put("title", title)
                .put("description", panel.description())
                .put("visState", Json.write(state))
                .put("uiStateJSON", "{}")
                .put("version", 1);
        attributes.putObject("kibanaSavedObjectMeta").put("searchSourceJSON", SEARCH_SOURCE);
        return object;
    }

    private ObjectNode dashboard(Dashboard dashboard) {
        ObjectNode object = object("dashboard", dashboardId(dashboard), "7.9.3");
        ArrayNode references = object.withArray("references");
        ArrayNode panels = Json.array();
        for (Dashboard.Placed placed : dashboard.layout()) {
            String name = "panel_" + panels.size();
            references
                    .addObject()
                    .put("name", name)
                    .put("type", "visualization")
                    .put("id", visualizationId(dashboard, placed.panel()));
            panels.add(panel(name, String.valueOf(panels.size() + 1), placed));
        }
        ObjectNode attributes = object.putObject("attributes")
                .put("title", dashboard.title() + ": " + feed)
                .put("description", dashboard.description())
                .put("hits", 0)
                .put("panelsJSON", Json.write(panels))
                .put("optionsJSON", "{\"useMargins\":true,\"hidePanelTitles\":false}")
                .put("version", 1)
                .put("timeRestore", true)
                .put("timeFrom", "now-24h")
                .put("timeTo", "now");
        attributes.putObject("refreshInterval").put("pause", false).put("value", 60_000);
        attributes.putObject("kibanaSavedObjectMeta").put("searchSourceJSON", SEARCH_SOURCE);
        return object;
    }

    private static ObjectNode panel(String reference, String index, Dashboard.Placed placed) {
        ObjectNode panel = Json.object().put("version", DASHBOARDS).put("panelIndex", index);
        panel.put("title", placed.panel().title());
        panel.putObject("gridData")
                .put("x", placed.x())
                .put("y", placed.y())
                .put("w", placed.panel().width())
                .put("h", Dashboard.ROWS)
                .put("i", index);
        panel.putObject("embeddableConfig");
        return panel.put("panelRefName", reference);
    }

    private static ObjectNode object(String type, String id, String migrationVersion) {
        ObjectNode object = Json.object().put("type", type).put("id", id);
        object.putObject("migrationVersion").put(type, migrationVersion);
        object.putArray("references");
        return object;
    }

    private String dashboardId(Dashboard dashboard) {
        return id(feed + " " + dashboard.title());
    }

    private String visualizationId(Dashboard dashboard, Panel panel) {
        return id(feed + " " + dashboard.title() + " " + panel.title());
    }

    private static String id(String name) {
        String words = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_.-]+", "-");
        return words.startsWith("ralm-") ? words : "ralm-" + words;
    }
}
