package org.opensearch.ralm.dashboards;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Whether the model still does what it did when it was trained. */
final class ModelQuality {

    private final Source nodes;
    private final Source models;
    private final Source rollouts;
    private final Source impressions;

    ModelQuality(Sources sources) {
        nodes = sources.nodes();
        models = sources.models();
        rollouts = sources.rollouts();
        impressions = sources.impressions();
    }

    Dashboard dashboard() {
        return new Dashboard(
                "Model",
                "Whether the model still does what it did when it was trained.",
                List.of(
                        rollouts(),
                        calibration(),
                        calibrationOverTime(),
                        drift(),
                        scores(),
                        cosines(),
                        training(),
                        modelsInUse(),
                        passedOver()));
    }

    private Panel rollouts() {
        return new Panel(
                "Rollouts",
                "Changes of the feed's model.",
                16,
                Chart.of(
                        rollouts.data(
                                """
                                {size: 200, sort: [{'<@timestamp>': 'desc'}], _source: false, docvalue_fields: [
                                  {field: '<@timestamp>', format: 'epoch_millis'}, '<event>', '<model>']}
                                """,
                                "hits.hits"),
                        """
                        {transform: [
                           {calculate: "toNumber(datum.fields['@timestamp'][0])", as: 'time'},
                           {calculate: 'datum.fields.event[0]', as: 'event'},
                           {calculate: 'datum.fields.model[0]', as: 'model'}],
                         mark: {type: 'point', filled: true, size: 120, tooltip: true},
                         encoding: {
                           x: {field: 'time', type: 'temporal', title: null, axis: <time>, scale: {padding: 20}},
                           y: {field: 'event', type: 'nominal', title: null, axis: {grid: true}},
                           color: {field: 'model', type: 'nominal'}}}
                        """));
    }

    private Panel calibration() {
        return new Panel(
                "Calibration",
                "Which share was clicked of at least 20 impressions with about the same prediction; dashed: as predicted.",
                16,
                Chart.of(
                        impressions.data(
                                """
                                {aggs: {classes: {histogram: {field: '<probability>', interval: 0.05, min_doc_count: 1},
                                        aggs: {predicted: {avg: {field: '<probability>'}},
                                               clicked: {avg: {field: '<clicked>'}}}}}}
                                """,
                                "aggregations.classes.buckets"),
                        """
                        {transform: [{filter: 'datum.doc_count >= 20'}],
                         encoding: {
                           x: {field: 'predicted.value', type: 'quantitative', title: 'predicted probability',
                               axis: {format: '~%'}},
                           y: {field: 'clicked.value', type: 'quantitative', title: 'clicked share',
                               axis: {format: '~%'}}},
                         layer: [
                           {mark: {type: 'line', strokeDash: [4, 4], color: 'gray'},
                            encoding: {y: {field: 'predicted.value', type: 'quantitative'}}},
                           {mark: 'line'},
                           {mark: {type: 'point', filled: true, opacity: 0.8},
                            encoding: {size: {field: 'doc_count', type: 'quantitative', title: 'impressions',
                                              legend: {tickCount: 3, titleOrient: 'left'}}}}]}
                        """));
    }

    private Panel calibrationOverTime() {
        return new Panel(
                "Predicted and clicked",
                "The mean predicted probability of what was shown, and the share that was clicked.",
                16,
                TimeChart.of(
                        impressions,
                        "of the impressions",
                        "~%",
                        Series.of("predicted", "avg", "probability"),
                        Series.of("clicked", "avg", "clicked")));
    }

    private Panel drift() {
        ObjectNode shown = impressions.data(
                """
                {aggs: {time: {auto_date_histogram: {field: '<@timestamp>', buckets: 30}, aggs: {
                  scores: {extended_stats: {field: '<score>'}}}}}}
                """,
                "aggregations.time.buckets");
        ObjectNode trained = models.data(
                """
                {aggs: {models: {terms: {field: '<model>', size: 5}, aggs: {
                  mean: {avg: {field: '<score_mean>'}}, clicked: {avg: {field: '<clicked_score_mean>'}}}}}}
                """,
                "aggregations");
        return new Panel(
                "Drift of scores",
                "Raw scores of what was shown, mean and spread; dashed: the means of the training record.",
                16,
                Chart.layers(
                        Chart.layer(
                                shown,
                                """
                                {transform: [
                                   {filter: 'datum.doc_count > 0'},
                                   {calculate: 'datum.scores.avg - datum.scores.std_deviation', as: 'low'},
                                   {calculate: 'datum.scores.avg + datum.scores.std_deviation', as: 'high'}],
                                 encoding: {x: {field: 'key', type: 'temporal', title: null, axis: <time>}},
                                 layer: [
                                   {mark: {type: 'area', opacity: 0.25},
                                    encoding: {y: {field: 'low', type: 'quantitative', title: 'raw score',
                                                   scale: {zero: false}},
                                               y2: {field: 'high'}}},
                                   {mark: 'line', encoding: {y: {field: 'scores.avg', type: 'quantitative'}}}]}
                                """),
                        Chart.layer(
                                trained,
                                """
                                {transform: [
                                   {calculate: 'length(datum.models.buckets) > 0 ? datum.models.buckets : [{}]',
                                    as: 'list'},
                                   {flatten: ['list'], as: ['of']},
                                   {calculate: 'datum.of.mean ? datum.of.mean.value : null', as: 'all'},
                                   {calculate: 'datum.of.clicked ? datum.of.clicked.value : null', as: 'clicked'},
                                   {fold: ['all', 'clicked'], as: ['what', 'mean']},
                                   {calculate: 'datum.mean || 0', as: 'score'},
                                   {calculate: "datum.of.key ? datum.of.key + ', ' + datum.what : 'no record'",
                                    as: 'record'}],
                                 mark: {type: 'rule', strokeDash: [4, 4], strokeWidth: 1.5},
                                 encoding: {
                                   y: {field: 'score', type: 'quantitative'},
                                   color: {field: 'record', type: 'nominal', legend: {columns: 2}},
                                   opacity: {condition: {test: 'isNumber(datum.mean)', value: 1}, value: 0}}}
                                """)));
    }

    private Panel scores() {
        return new Panel(
                "Scores of clicked and not clicked",
                "How the raw scores of impressions are distributed; the further apart, the better.",
                16,
                Chart.of(
                        impressions.data(
                                """
                                {aggs: {groups: {terms: {field: '<clicked>'}, aggs: {
                                  scores: {histogram: {field: '<score>', interval: 0.05}}}}}}
                                """,
                                "aggregations.groups.buckets"),
                        """
                        {transform: [
                           {calculate: "datum.key ? 'clicked' : 'not clicked'", as: 'group'},
                           {calculate: 'datum.doc_count', as: 'all'},
                           {calculate: 'datum.scores.buckets', as: 'list'},
                           {flatten: ['list'], as: ['class']},
                           {calculate: 'datum.class.key + 0.025', as: 'score'},
                           {calculate: 'datum.class.doc_count / datum.all', as: 'share'}],
                         mark: 'line',
                         encoding: {
                           x: {field: 'score', type: 'quantitative', title: 'raw score', scale: {zero: false}},
                           y: {field: 'share', type: 'quantitative', title: 'share of impressions',
                               axis: {format: '~%'}},
                           color: {field: 'group', type: 'nominal'}}}
                        """));
    }

    private Panel cosines() {
        return new Panel(
                "Global and local attention",
                "The mean cosines that scores are made of.",
                16,
                TimeChart.of(
                        impressions,
                        "cosine",
                        ".2f",
                        Series.of("global", "avg", "global_cosine"),
                        Series.of("local", "avg", "local_cosine")));
    }

    private Panel training() {
        return new Panel(
                "Training record",
                "The AUC on held-out clicks that models had when they were trained.",
                16,
                Chart.of(
                        models.data(
                                "{aggs: {models: {terms: {field: '<model>', size: 12}, aggs: {auc: {max: {field: '<auc>'}}}}}}",
                                "aggregations.models.buckets"),
                        """
                        {transform: [{filter: 'isNumber(datum.auc.value)'}],
                         encoding: {
                           y: {field: 'key', type: 'nominal', title: null, axis: {labelLimit: 120}},
                           x: {field: 'auc.value', type: 'quantitative', title: 'AUC', scale: {domain: [0.5, 1]}}},
                         layer: [
                           {mark: {type: 'bar', clip: true, size: 28}},
                           {mark: {type: 'text', align: 'left', dx: 4},
                            encoding: {text: {field: 'auc.value', type: 'quantitative', format: '.3f'}}}]}
                        """));
    }

    private Panel modelsInUse() {
        return new Panel(
                "Models in use",
                "By which model impressions were scored.",
                16,
                Chart.of(
                        impressions.data(
                                """
                                {aggs: {time: {auto_date_histogram: {field: '<@timestamp>', buckets: 30}, aggs: {
                                  models: {terms: {field: '<model>', size: 8}}}}}}
                                """,
                                "aggregations.time.buckets"),
                        """
                        {transform: [
                           {calculate: 'datum.models.buckets', as: 'list'},
                           {flatten: ['list'], as: ['model']},
                           {calculate: 'datum.model.key', as: 'name'},
                           {calculate: 'datum.model.doc_count', as: 'shown'}],
                         mark: 'line',
                         encoding: {
                           x: {field: 'key', type: 'temporal', title: null, axis: <time>},
                           y: {field: 'shown', type: 'quantitative', title: 'impressions in each span of time',
                               axis: <counts>},
                           color: {field: 'name', type: 'nominal'}}}
                        """));
    }

    private Panel passedOver() {
        return new Panel(
                "Passed over",
                "Users without a vector of the model, and candidates whose block is another model's.",
                16,
                TimeChart.ofCounts(
                        nodes,
                        "in each span of time",
                        Series.of("users", "sum", "stats.missing_users"),
                        Series.of("candidates", "sum", "stats.cold_candidates")));
    }
}
