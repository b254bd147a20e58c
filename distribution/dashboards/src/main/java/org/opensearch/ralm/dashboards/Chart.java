package org.opensearch.ralm.dashboards;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Specifications of Vega-Lite, all with the same looks. */
final class Chart {

    /** Identifies the language; nobody reads what is there. Of version 5, which Dashboards of all 3.x knows. */
    private static final String SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json";

    private static final String CONFIG =
            """
            {view: {stroke: null},
             axis: {titleFontWeight: 'normal', labelOverlap: true, labelSeparation: 8, tickCount: 6},
             axisX: {grid: false},
             legend: {orient: 'bottom', title: null, labelLimit: 300, columnPadding: 16},
             line: {strokeWidth: 2, strokeCap: 'round'},
             bar: {tooltip: true}}
            """;

    /** Whole numbers only, whatever the ticks. */
    static final String COUNTS = "{labelExpr: \"datum.value % 1 ? '' : format(datum.value, ',')\"}";

    /** The time of day, or the day, in 24 hours. */
    static final String TIME =
            """
            {labelExpr: "timeFormat(datum.value, {milliseconds: '%H:%M:%S', seconds: '%H:%M:%S', minutes: '%H:%M', \
            hours: '%H:%M', day: '%b %d', date: '%b %d', week: '%b %d', month: '%b', year: '%Y'})"}""";

    private Chart() {}

    /**
     * A chart of one search.
     *
     * @param data of {@link Source#data}
     * @param view transform, mark and encoding; {@code <counts>} is the axis of a number of things,
     *     {@code <time>} that of moments
     */
    static ObjectNode of(ObjectNode data, String view) {
        return complete(layer(data, view));
    }

    /** Several, one drawn over the other. */
    static ObjectNode layers(ObjectNode... layers) {
        ObjectNode chart = Json.object();
        ArrayNode all = chart.putArray("layer");
        for (ObjectNode layer : layers) {
            all.add(layer);
        }
        return complete(chart);
    }

    static ObjectNode layer(ObjectNode data, String view) {
        ObjectNode layer = Json.object();
        layer.set("data", data);
        layer.setAll(Json.read(view.replace("<counts>", COUNTS).replace("<time>", TIME)));
        return layer;
    }

    private static ObjectNode complete(ObjectNode view) {
        ObjectNode chart = Json.object().put("$schema", SCHEMA);
        chart.setAll(view);
        chart.set("config", Json.read(CONFIG));
        return chart;
    }
}
