package org.opensearch.ralm.trainer.training;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.TimeSplit;

/**
 * What a model says of its training, for people: of what it learned, what each round reached, which round's state it
 * has, and how its scores are spread. Without times of day and durations, so that equal trainings give equal artifacts.
 */
final class TrainingRecord {

    private TrainingRecord() {}

    static ObjectNode of(
            Dataset dataset,
            TimeSplit split,
            long seed,
            RepresentationPhase representation,
            List<EpochResult> lookalike,
            ScoreSpread scores) {
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        record.put("data", dataset.name());
        record.put("users", dataset.users().size());
        record.put("items", dataset.items().size());
        record.put("events_phase_1", split.phase2());
        record.put("events_phase_2", split.test() - split.phase2());
        record.put("block_hours", dataset.timing().blockHours());
        record.put("pool_hours", dataset.timing().poolHours());
        record.put("seed", seed);
        record.set("representation", rounds(representation.rounds()));
        record.set("lookalike", rounds(lookalike));
        ObjectNode chosen = record.putObject("chosen");
        chosen.set("representation", chosen(representation.rounds(), representation.chosenRounds()));
        chosen.set("lookalike", chosen(lookalike, List.of(EarlyStopping.best(lookalike))));
        scores.describe(record.putObject("validation"));
        return record;
    }

    private static ArrayNode rounds(List<EpochResult> rounds) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (EpochResult round : rounds) {
            ObjectNode entry = list.addObject()
                    .put("epoch", round.epoch())
                    .put("batches", round.batches())
                    .put("samples", round.samples())
                    .put("loss", round.loss())
                    .put("validation_loss", round.validationLoss());
            putAuc(entry, round);
        }
        return list;
    }

    private static ArrayNode chosen(List<EpochResult> rounds, List<Integer> chosen) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (int index : chosen) {
            putAuc(list.addObject().put("round", index + 1), rounds.get(index));
        }
        return list;
    }

    /** Where nothing was held out to tell from, there is none. */
    private static void putAuc(ObjectNode entry, EpochResult round) {
        if (Double.isNaN(round.validationAuc()) == false) {
            entry.put("validation_auc", round.validationAuc());
        }
    }
}
