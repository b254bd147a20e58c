package org.opensearch.ralm.dashboards;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A line of a chart over time.
 *
 * @param name in the legend
 * @param filter which documents of each span of time it is about
 * @param aggregations of these documents
 * @param expression what is made of the values of the aggregations, {@code {a}} being that of {@code a}
 */
record Series(String name, String filter, String aggregations, String expression) {

    private static final String ALL = "{match_all: {}}";

    /** A field's value by a metric aggregation, as {@code max}. */
    static Series of(String name, String aggregation, String field) {
        return new Series(name, ALL, "{a: {%s: {field: '<%s>'}}}".formatted(aggregation, field), "{a}");
    }

    /** The sum of a field as a share of its and another one's. */
    static Series share(String name, String part, String rest) {
        return new Series(name, ALL, sums(part, rest), "{a} / ({a} + {b})");
    }

    /** The sum of a field divided by that of another. */
    static Series ratio(String name, String dividend, String divisor) {
        return new Series(name, ALL, sums(dividend, divisor), "{a} / {b}");
    }

    /** The averages of a field for each value of another, summed up. */
    static Series total(String name, String field, String each) {
        String aggregations =
                """
                {each: {terms: {field: '<%s>', size: 1000}, aggs: {value: {avg: {field: '<%s>'}}}},
                 a: {sum_bucket: {buckets_path: 'each>value'}}}
                """;
        return new Series(name, ALL, aggregations.formatted(each, field), "{a}");
    }

    /** The same of those documents only that have a value in a field. */
    Series where(String field, String value) {
        return new Series(name, "{term: {'<%s>': '%s'}}".formatted(field, value), aggregations, expression);
    }

    /** The same in units of so much. */
    Series in(int unit) {
        return new Series(name, filter, aggregations, expression + " / " + unit);
    }

    private static String sums(String a, String b) {
        return "{a: {sum: {field: '<%s>'}}, b: {sum: {field: '<%s>'}}}".formatted(a, b);
    }

    /** An aggregation that holds all of this line's, fields as {@code <field>}. */
    ObjectNode toAggregation() {
        ObjectNode all = Json.object();
        all.set("filter", Json.read(filter));
        all.set("aggs", Json.read(aggregations));
        return all;
    }

    /** The line's value of a span of time, as an expression of Vega. */
    String toExpression() {
        return expression.replaceAll("\\{(\\w+)}", "datum['" + name + "'].$1.value");
    }
}
