package org.opensearch.ralm.dashboards;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Who and what gets exposure: the popular alone, or the long tail, too. */
final class Audience {

    /** The candidates shown, by deciles of their popularity when they were shown. */
    private static final String DECILES =
            """
            {calculate: 'datum.popularity.value', as: 'popular'},
            {calculate: 'datum.clicks.value', as: 'clicked'},
            {window: [{op: 'ntile', param: 10, as: 'decile'}], sort: [{field: 'popular'}]},
            {aggregate: [{op: 'sum', field: 'doc_count', as: 'shown'}, {op: 'sum', field: 'clicked', as: 'clicked'}],
             groupby: ['decile']},
            {joinaggregate: [{op: 'sum', field: 'shown', as: 'all'}]},
            {calculate: 'datum.shown / datum.all', as: 'exposure'},
            {calculate: 'datum.clicked / datum.shown', as: 'rate'}""";

    /** Spans of time, without those at the ends that hold less than half of the usual, as the range cuts them. */
    private static final String WHOLE_SPANS =
            """
            {joinaggregate: [{op: 'median', field: 'doc_count', as: 'usual'},
                             {op: 'min', field: 'key', as: 'first'}, {op: 'max', field: 'key', as: 'last'}]},
            {filter: '(datum.key > datum.first && datum.key < datum.last) || datum.doc_count >= datum.usual / 2'}""";

    private final Source impressions;

    Audience(Sources sources) {
        impressions = sources.impressions();
    }

    Dashboard dashboard() {
        return new Dashboard(
                "Audience and diversity",
                "Who and what gets exposure: the popular alone, or the long tail, too.",
                List.of(
                        exposureByPopularity(),
                        clickRateByPopularity(),
                        gini(),
                        reach(),
                        categories(),
                        diversity(),
                        impressionsByState(),
                        clickRate(),
                        clickRateByPosition()));
    }

    private Panel exposureByPopularity() {
        return new Panel(
                "Exposure by popularity",
                "Shares of impressions of the least popular tenth of the candidates shown, of the next, and so on.",
                16,
                Chart.of(
                        byCandidate(),
                        """
                        {transform: [%s],
                         layer: [
                           {mark: 'bar',
                            encoding: {
                              x: {field: 'decile', type: 'ordinal', title: 'decile of popularity, 10 the most popular',
                                  axis: {labelAngle: 0}},
                              y: {field: 'exposure', type: 'quantitative', title: 'share of impressions',
                                  axis: {format: '~%%'}}}},
                           {mark: {type: 'rule', strokeDash: [4, 4], color: 'gray'}, encoding: {y: {datum: 0.1}}}]}
                        """
                                .formatted(DECILES)));
    }

    private Panel clickRateByPopularity() {
        return new Panel(
                "Click-through by popularity",
                "Which share of the impressions of each tenth was clicked.",
                16,
                Chart.of(
                        byCandidate(),
                        """
                        {transform: [%s],
                         mark: 'bar',
                         encoding: {
                           x: {field: 'decile', type: 'ordinal', title: 'decile of popularity, 10 the most popular',
                               axis: {labelAngle: 0}},
                           y: {field: 'rate', type: 'quantitative', title: 'clicked share', axis: {format: '~%%'}}}}
                        """
                                .formatted(DECILES)));
    }

    private ObjectNode byCandidate() {
        return impressions.data(
                """
                {aggs: {candidates: {terms: {field: '<candidate>', size: 10000}, aggs: {
                  popularity: {avg: {field: '<clicks_24h>'}}, clicks: {sum: {field: '<clicked>'}}}}}}
                """,
                "aggregations.candidates.buckets");
    }

    private Panel gini() {
        return new Panel(
                "Gini coefficient of exposure",
                "0: all candidates shown in the time range get the same; 1: one gets all.",
                16,
                Chart.of(
                        impressions.data(
                                """
                                {aggs: {time: {auto_date_histogram: {field: '<@timestamp>', buckets: 20}, aggs: {
                                  candidates: {terms: {field: '<candidate>', size: 2000}}}}}}
                                """,
                                "aggregations.time.buckets"),
                        """
                        {transform: [%s,
                           {calculate: 'datum.candidates.buckets', as: 'list'},
                           {flatten: ['list'], as: ['candidate']},
                           {calculate: 'datum.candidate.key', as: 'id'},
                           {calculate: 'datum.candidate.doc_count', as: 'shown'},
                           {joinaggregate: [{op: 'distinct', field: 'id', as: 'all'}]},
                           {joinaggregate: [{op: 'count', as: 'some'}], groupby: ['key']},
                           {window: [{op: 'row_number', as: 'rank'}], sort: [{field: 'shown'}], groupby: ['key']},
                           {calculate: '(datum.all - datum.some + datum.rank) * datum.shown', as: 'ranked'},
                           {aggregate: [{op: 'sum', field: 'ranked', as: 'ranked'}, {op: 'sum', field: 'shown', as: 'shown'},
                                        {op: 'max', field: 'all', as: 'all'}], groupby: ['key']},
                           {calculate: '2 * datum.ranked / (datum.all * datum.shown) - (datum.all + 1) / datum.all',
                            as: 'gini'}],
                         mark: 'line',
                         encoding: {
                           x: {field: 'key', type: 'temporal', title: null, axis: <time>},
                           y: {field: 'gini', type: 'quantitative', title: 'Gini coefficient',
                               scale: {domain: [0, 1]}}}}
                        """
                                .formatted(WHOLE_SPANS)));
    }

    private Panel reach() {
        return new Panel(
                "Reach",
                "How many different candidates were shown, and to how many different users.",
                16,
                TimeChart.ofCounts(
                        impressions,
                        "different ones in each span of time",
                        Series.of("candidates", "cardinality", "candidate"),
                        Series.of("users", "cardinality", "user")));
    }

    private Panel categories() {
        return new Panel(
                "Categories",
                "The twelve categories shown most, and which share of their impressions was clicked.",
                16,
                Chart.of(
                        impressions.data(
                                """
                                {aggs: {categories: {terms: {field: '<category>', size: 12}, aggs: {
                                  rate: {avg: {field: '<clicked>'}}}}}}
                                """,
                                "aggregations.categories.buckets"),
                        """
                        {transform: [{calculate: "format(datum.rate.value, '.1%') + ' clicked'", as: 'rate'}],
                         encoding: {
                           y: {field: 'key', type: 'nominal', sort: null, title: null, axis: {labelLimit: 120}},
                           x: {field: 'doc_count', type: 'quantitative', title: 'impressions', axis: <counts>}},
                         layer: [
                           {mark: 'bar'},
                           {mark: {type: 'text', align: 'left', dx: 4}, encoding: {text: {field: 'rate'}}}]}
                        """));
    }

    private Panel diversity() {
        return new Panel(
                "Diversity of categories",
                "As many equally frequent categories would be as diverse: e to the entropy of their shares.",
                16,
                Chart.of(
                        impressions.data(
                                """
                                {aggs: {time: {auto_date_histogram: {field: '<@timestamp>', buckets: 20}, aggs: {
                                  categories: {terms: {field: '<category>', size: 1000}}}}}}
                                """,
                                "aggregations.time.buckets"),
                        """
                        {transform: [%s,
                           {calculate: 'datum.categories.buckets', as: 'list'},
                           {flatten: ['list'], as: ['category']},
                           {calculate: 'datum.category.doc_count', as: 'shown'},
                           {joinaggregate: [{op: 'sum', field: 'shown', as: 'all'}], groupby: ['key']},
                           {calculate: '-datum.shown / datum.all * log(datum.shown / datum.all)', as: 'part'},
                           {aggregate: [{op: 'sum', field: 'part', as: 'entropy'}], groupby: ['key']},
                           {calculate: 'exp(datum.entropy)', as: 'categories'}],
                         mark: 'line',
                         encoding: {
                           x: {field: 'key', type: 'temporal', title: null, axis: <time>},
                           y: {field: 'categories', type: 'quantitative', title: 'effective number of categories'}}}
                        """
                                .formatted(WHOLE_SPANS)));
    }

    private Panel impressionsByState() {
        return new Panel(
                "Impressions",
                "Of candidates with enough seeds, and of cold ones.",
                16,
                TimeChart.ofCounts(
                        impressions,
                        "in each span of time",
                        Series.of("warm", "value_count", "candidate").where("state", "warm"),
                        Series.of("cold", "value_count", "candidate").where("state", "cold")));
    }

    private Panel clickRate() {
        return new Panel(
                "Click-through over time",
                "Which share of the impressions was clicked.",
                16,
                TimeChart.of(
                        impressions,
                        "clicked share",
                        "~%",
                        Series.of("all", "avg", "clicked"),
                        Series.of("warm", "avg", "clicked").where("state", "warm"),
                        Series.of("cold", "avg", "clicked").where("state", "cold")));
    }

    private Panel clickRateByPosition() {
        return new Panel(
                "Click-through by position",
                "The first on a page is 1.",
                16,
                Chart.of(
                        impressions.data(
                                """
                                {aggs: {positions: {histogram: {field: '<position>', interval: 1, min_doc_count: 1},
                                        aggs: {rate: {avg: {field: '<clicked>'}}}}}}
                                """,
                                "aggregations.positions.buckets"),
                        """
                        {mark: 'bar',
                         encoding: {
                           x: {field: 'key', type: 'ordinal', title: 'position on the page',
                               axis: {labelAngle: 0, format: 'd'}},
                           y: {field: 'rate.value', type: 'quantitative', title: 'clicked share',
                               axis: {format: '~%'}}}}
                        """));
    }
}
