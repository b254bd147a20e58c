package org.opensearch.ralm.dashboards;

import java.util.List;

/** What seeds the candidates have, how they grow, and how old the counting is. */
final class CandidateState {

    private final Source cycles;
    private final Source candidates;
    private final Source clicks;

    CandidateState(Sources sources) {
        cycles = sources.cycles();
        candidates = sources.candidates();
        clicks = sources.clicks();
    }

    Dashboard dashboard() {
        return new Dashboard(
                "Candidates",
                "What seeds the candidates have, how they grow, and how old the counting is.",
                List.of(
                        seeds(),
                        seedGrowth(),
                        mostSeeds(),
                        states(),
                        statesOverTime(),
                        age(),
                        clusterSizes(),
                        thresholds(),
                        thresholdsBySeeds()));
    }

    private Panel seeds() {
        return new Panel(
                "Seeds of a candidate",
                "How many candidates have how many seeds; each class begins at the number below it.",
                16,
                Chart.of(
                        candidates.data(
                                """
                                {aggs: {classes: {range: {field: '<seed_count>', missing: 0, ranges: [
                                  {key: '0', to: 1}, {key: '1', from: 1, to: 3}, {key: '3', from: 3, to: 10},
                                  {key: '10', from: 10, to: 30}, {key: '30', from: 30, to: 100},
                                  {key: '100', from: 100, to: 300}, {key: '300', from: 300, to: 1000},
                                  {key: '1k', from: 1000, to: 3000}, {key: '3k', from: 3000, to: 10000},
                                  {key: '10k', from: 10000, to: 100000}, {key: '100k', from: 100000}]}}}}
                                """,
                                "aggregations.classes.buckets"),
                        """
                        {mark: 'bar',
                         encoding: {
                           x: {field: 'key', type: 'ordinal', sort: null, title: 'seeds, at least',
                               axis: {labelAngle: 0}},
                           y: {field: 'doc_count', type: 'quantitative', title: 'candidates', axis: <counts>}}}
                        """));
    }

    private Panel seedGrowth() {
        return new Panel(
                "Growth of seeds",
                "Clicks of the eight candidates that have most, by the time of their arrival.",
                16,
                Chart.of(
                        clicks.data(
                                """
                                {aggs: {candidates: {terms: {field: '<candidate>', size: 8}, aggs: {
                                  time: {auto_date_histogram: {field: '<received>', buckets: 60}}}}}}
                                """,
                                "aggregations.candidates.buckets"),
                        """
                        {transform: [
                           {calculate: 'datum.key', as: 'candidate'},
                           {calculate: 'datum.time.buckets', as: 'spans'},
                           {flatten: ['spans'], as: ['span']},
                           {calculate: 'datum.span.key', as: 'time'},
                           {calculate: 'datum.span.doc_count', as: 'clicks'},
                           {window: [{op: 'sum', field: 'clicks', as: 'seeds'}], sort: [{field: 'time'}],
                            groupby: ['candidate']}],
                         mark: 'line',
                         encoding: {
                           x: {field: 'time', type: 'temporal', title: null, axis: <time>},
                           y: {field: 'seeds', type: 'quantitative', title: 'clicks so far', axis: <counts>},
                           color: {field: 'candidate', type: 'nominal', sort: null, legend: {columns: 4}},
                           tooltip: [{field: 'candidate'}, {field: 'seeds'}]}}
                        """));
    }

    private Panel mostSeeds() {
        return new Panel(
                "Most seeds",
                "The candidates with the most seeds.",
                16,
                Chart.of(
                        candidates.data("{size: 12, _source: false, sort: [{'<seed_count>': 'desc'}]}", "hits.hits"),
                        """
                        {transform: [{calculate: 'datum.sort[0]', as: 'seeds'}],
                         mark: 'bar',
                         encoding: {
                           y: {field: '_id', type: 'nominal', sort: null, title: null, axis: {labelLimit: 120}},
                           x: {field: 'seeds', type: 'quantitative', title: 'seeds', axis: <counts>}}}
                        """));
    }

    private Panel states() {
        return new Panel(
                "Warm and cold",
                "Cold ones have fewer seeds than min_seeds; those of content are scored by their fields.",
                16,
                Chart.of(
                        candidates.data(
                                "{aggs: {states: {terms: {field: '<state>', missing: 'no seeds yet'}}}}",
                                "aggregations.states.buckets"),
                        """
                        {encoding: {
                           y: {field: 'key', type: 'nominal', sort: null, title: null, axis: {labelLimit: 120}},
                           x: {field: 'doc_count', type: 'quantitative', title: 'candidates', axis: <counts>}},
                         layer: [
                           {mark: {type: 'bar', size: 28}},
                           {mark: {type: 'text', align: 'left', dx: 4},
                            encoding: {text: {field: 'doc_count', type: 'quantitative', format: ','}}}]}
                        """));
    }

    private Panel statesOverTime() {
        return new Panel(
                "Warm and cold over time",
                "On all shards together.",
                16,
                TimeChart.ofCounts(
                        cycles,
                        "candidates",
                        Series.total("warm", "warm", "shard"),
                        Series.total("cold", "cold", "shard")));
    }

    private Panel age() {
        String classes =
                """
                ranges: [{key: '1 min', from: 'now-1m'}, {key: '5 min', from: 'now-5m', to: 'now-1m'},
                         {key: '15 min', from: 'now-15m', to: 'now-5m'}, {key: '1 h', from: 'now-1h', to: 'now-15m'},
                         {key: '6 h', from: 'now-6h', to: 'now-1h'}, {key: '1 d', from: 'now-1d', to: 'now-6h'},
                         {key: 'older', to: 'now-1d'}]""";
        return new Panel(
                "Age of the counting",
                "How long ago the candidates' blocks were written, and clustered from scratch.",
                16,
                Chart.of(
                        candidates.data(
                                """
                                {aggs: {written: {date_range: {field: '<refreshed_at>', %1$s}},
                                        clustered: {date_range: {field: '<clustered_at>', %1$s}}}}
                                """
                                        .formatted(classes),
                                "aggregations"),
                        """
                        {transform: [
                           {calculate: 'datum.written.buckets', as: 'w'}, {calculate: 'datum.clustered.buckets', as: 'c'},
                           {flatten: ['w', 'c']},
                           {calculate: 'datum.w.key', as: 'age'},
                           {calculate: 'datum.w.doc_count', as: 'written'},
                           {calculate: 'datum.c.doc_count', as: 'clustered from scratch'},
                           {fold: ['written', 'clustered from scratch'], as: ['what', 'candidates']}],
                         mark: 'bar',
                         encoding: {
                           x: {field: 'age', type: 'ordinal', title: 'within',
                               sort: ['1 min', '5 min', '15 min', '1 h', '6 h', '1 d', 'older'],
                               axis: {labelAngle: 0}},
                           xOffset: {field: 'what'},
                           y: {field: 'candidates', type: 'quantitative', axis: <counts>},
                           color: {field: 'what', type: 'nominal', sort: null}}}
                        """));
    }

    private Panel clusterSizes() {
        return new Panel(
                "Cluster sizes",
                "Of all clusters of all candidates: the share that has no more seeds than the curve says.",
                16,
                Chart.of(
                        candidates.data(
                                """
                                {aggs: {sizes: {percentiles: {field: '<cluster_sizes>', keyed: false,
                                  percents: [1, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 99]}}}}
                                """,
                                "aggregations.sizes.values"),
                        """
                        {transform: [{calculate: 'datum.key / 100', as: 'share'}, {filter: 'datum.value > 0'}],
                         mark: 'line',
                         encoding: {
                           x: {field: 'share', type: 'quantitative', title: 'share of clusters', axis: {format: '~%'}},
                           y: {field: 'value', type: 'quantitative', title: 'seeds', scale: {type: 'log'},
                               axis: <counts>}}}
                        """));
    }

    private Panel thresholds() {
        return new Panel(
                "Exposure thresholds",
                "The raw score from which on a user belongs to a candidate's best 5 %.",
                16,
                Chart.of(
                        candidates.data(
                                """
                                {aggs: {scores: {histogram: {field: '<top_5_percent_score>', interval: 0.02,
                                                             min_doc_count: 1}}}}
                                """,
                                "aggregations.scores.buckets"),
                        """
                        {mark: 'bar',
                         transform: [{calculate: 'datum.key + 0.02', as: 'end'}],
                         encoding: {
                           x: {field: 'key', type: 'quantitative', title: 'score of the best 5 %', bin: 'binned',
                               axis: {format: '.2f'}},
                           x2: {field: 'end'},
                           y: {field: 'doc_count', type: 'quantitative', title: 'candidates', axis: <counts>}}}
                        """));
    }

    private Panel thresholdsBySeeds() {
        return new Panel(
                "Thresholds by seeds",
                "The same by the candidates' seeds: median, and the middle half as a bar.",
                16,
                Chart.of(
                        candidates.data(
                                """
                                {aggs: {classes: {range: {field: '<seed_count>', ranges: [
                                  {key: '1', from: 1, to: 10}, {key: '10', from: 10, to: 30},
                                  {key: '30', from: 30, to: 100}, {key: '100', from: 100, to: 300},
                                  {key: '300', from: 300, to: 1000}, {key: '1k', from: 1000, to: 10000},
                                  {key: '10k', from: 10000}]},
                                  aggs: {scores: {percentiles: {field: '<top_5_percent_score>',
                                                                percents: [25, 50, 75]}}}}}}
                                """,
                                "aggregations.classes.buckets"),
                        """
                        {transform: [
                           {filter: "isNumber(datum.scores.values['50.0'])"},
                           {calculate: "datum.scores.values['25.0']", as: 'low'},
                           {calculate: "datum.scores.values['50.0']", as: 'median'},
                           {calculate: "datum.scores.values['75.0']", as: 'high'}],
                         encoding: {
                           x: {field: 'key', type: 'ordinal', sort: null, title: 'seeds, at least',
                               axis: {labelAngle: 0}}},
                         layer: [
                           {mark: {type: 'bar', opacity: 0.5, width: 16},
                            encoding: {
                              y: {field: 'low', type: 'quantitative', title: 'score of the best 5 %',
                                  scale: {zero: false}},
                              y2: {field: 'high'}}},
                           {mark: {type: 'tick', thickness: 2},
                            encoding: {y: {field: 'median', type: 'quantitative'}}}]}
                        """));
    }
}
