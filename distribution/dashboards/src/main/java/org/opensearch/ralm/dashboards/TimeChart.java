package org.opensearch.ralm.dashboards;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Charts of lines over time. */
final class TimeChart {

    private static final int SPANS = 60;

    private TimeChart() {}

    /**
     * A chart of the time range that the reader has set.
     *
     * @param source documents that are {@linkplain Source#during during} a time range
     * @param unit of the values, for people
     * @param format of the values, as d3 writes formats
     */
    static ObjectNode of(Source source, String unit, String format, Series... series) {
        return Chart.of(data(source, List.of(series)), view(unit, "{format: '" + format + "'}", "{}", series));
    }

    /** The same of whole numbers, which may all be 0. */
    static ObjectNode ofCounts(Source source, String unit, Series... series) {
        String view = view(unit, Chart.COUNTS, "{domain: {unionWith: [0, 1]}}", series);
        return Chart.of(data(source, List.of(series)), view);
    }

    private static ObjectNode data(Source source, List<Series> series) {
        ObjectNode body = Json.read("{aggs: {time: {auto_date_histogram: {buckets: %d}}}}".formatted(SPANS));
        ((ObjectNode) body.at("/aggs/time/auto_date_histogram")).put("field", source.timeField());
        ObjectNode aggregations = ((ObjectNode) body.at("/aggs/time")).putObject("aggs");
        series.forEach(line -> aggregations.set(line.name(), line.toAggregation()));
        return source.data(Json.write(body), "aggregations.time.buckets");
    }

    /** Spans without documents are passed over: their sums would be lines to 0. A single span shows by its round end. */
    private static String view(String unit, String axis, String scale, Series... series) {
        ObjectNode view = Json.read(
                """
                {mark: {type: 'line', strokeCap: 'round', strokeWidth: 2.5},
                 encoding: {
                   x: {field: 'key', type: 'temporal', title: null, axis: %s},
                   y: {field: 'value', type: 'quantitative', title: '%s', axis: %s, scale: %s},
                   color: {field: 'series', type: 'nominal'},
                   tooltip: [{field: 'key', type: 'temporal', title: 'time', format: '%%Y-%%m-%%d %%H:%%M:%%S'},
                             {field: 'series'}, {field: 'value'}]}}
                """
                        .formatted(Chart.TIME, unit, axis, scale));
        ArrayNode transform = view.putArray("transform");
        transform.addObject().put("filter", "datum.doc_count > 0");
        ArrayNode names = Json.array();
        for (Series line : series) {
            transform.addObject().put("calculate", line.toExpression()).put("as", line.name());
            names.add(line.name());
        }
        transform
                .addObject()
                .<ObjectNode>set("fold", names)
                .putArray("as")
                .add("series")
                .add("value");
        transform.addObject().put("filter", "isNumber(datum.value) && isFinite(datum.value)");
        ((ObjectNode) view.at("/encoding/color")).putObject("scale").set("domain", names);
        return Json.write(view);
    }
}
