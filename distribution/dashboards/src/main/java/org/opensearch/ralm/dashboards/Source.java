package org.opensearch.ralm.dashboards;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;

/**
 * Documents that panels read: those of an index, or of all that a pattern names, that match all filters and what the
 * reader has set in Dashboards. Immutable.
 *
 * @param index an index or a pattern
 * @param fields those of the index
 * @param timeField the field that Dashboards' time range is about; null if it is about none
 * @param filters clauses of a query
 */
record Source(String index, Fields fields, String timeField, List<ObjectNode> filters) {

    Source {
        filters = List.copyOf(filters);
    }

    /** All documents of an index, whatever their time. */
    static Source of(String index, Fields fields) {
        return new Source(index, fields, null, List.of());
    }

    /** Those of the time range that the reader has set. */
    Source during(String field) {
        return new Source(index, fields, fields.named(field), filters);
    }

    /** Those with this value in a field. */
    Source where(String field, String value) {
        ObjectNode clause = Json.object();
        clause.putObject("term").put(fields.named(field), value);
        return new Source(
                index,
                fields,
                timeField,
                Stream.concat(filters.stream(), Stream.of(clause)).toList());
    }

    /**
     * A search as Vega's data, by Dashboards' own way of asking OpenSearch.
     *
     * @param body what is asked besides the query, fields as {@code <field>}; no hits unless it has a {@code size}
     * @param rows where in the answer the rows are
     */
    ObjectNode data(String body, String rows) {
        ObjectNode search = Json.object().put("size", 0);
        search.setAll(Json.read(fields.fill(body)));
        search.set("query", query());
        ObjectNode data = Json.object();
        data.putObject("url").put("index", index).set("body", search);
        data.putObject("format").put("property", rows);
        return data;
    }

    private ObjectNode query() {
        ObjectNode query = Json.read(
                """
                {bool: {must: ['%dashboard_context-must_clause%'],
                        filter: ['%dashboard_context-filter_clause%'],
                        must_not: ['%dashboard_context-must_not_clause%']}}
                """);
        ArrayNode all = (ArrayNode) query.at("/bool/filter");
        if (timeField != null) {
            all.addObject().putObject("range").putObject(timeField).put("%timefilter%", true);
        }
        filters.forEach(all::add);
        return query;
    }
}
