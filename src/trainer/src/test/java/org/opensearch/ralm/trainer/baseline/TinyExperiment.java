package org.opensearch.ralm.trainer.baseline;

import java.util.Optional;
import org.opensearch.ralm.trainer.TinyWorld;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.SeedIndex;
import org.opensearch.ralm.trainer.evaluation.Comparison;
import org.opensearch.ralm.trainer.evaluation.Experiment;
import org.opensearch.ralm.trainer.evaluation.Protocol;
import org.opensearch.ralm.trainer.evaluation.Setting;
import org.opensearch.ralm.trainer.training.LookalikeOptions;
import org.opensearch.ralm.trainer.training.Progress;
import org.opensearch.ralm.trainer.training.TrainingOptions;

/** An experiment on the tiny feed. */
public final class TinyExperiment {

    private TinyExperiment() {}

    public static Experiment of(Dataset dataset) {
        TrainingOptions options = TinyWorld.options(1);
        Setting setting = new Setting(
                dataset,
                SeedIndex.of(dataset.events(), dataset.items().size()),
                new Protocol(options.lookalike().minSeeds(), 5, 9),
                1_000,
                options,
                TinyWorld.lookalike(LookalikeOptions.PAPER));
        return new Comparison(
                        setting, TinyWorld.split(dataset), Optional.empty(), Optional.empty(), null, Progress.SILENT)
                .first();
    }
}
