package org.opensearch.ralm.trainer.config;

import org.opensearch.ralm.artifact.LookalikeForm;
import org.opensearch.ralm.artifact.LookalikeForm.Activation;
import org.opensearch.ralm.trainer.network.LookalikeObjective;
import org.opensearch.ralm.trainer.training.LookalikeOptions;
import org.opensearch.ralm.trainer.training.LookalikeOptions.Head;
import org.opensearch.ralm.trainer.training.LookalikeOptions.Schedule;
import org.opensearch.ralm.trainer.training.LookalikeOptions.Seeds;
import org.opensearch.ralm.trainer.yaml.YamlNode;

/** The options of phase 2. */
final class LookalikeSection {

    private LookalikeSection() {}

    static LookalikeOptions read(YamlNode section, LookalikeOptions defaults) {
        Setting set = new Setting(section.keys(
                "dimension",
                "clusters",
                "activation",
                "unit_length",
                "local_temperature",
                "learned_temperature",
                "local_size_weight",
                "global_size_weight",
                "alpha",
                "beta",
                "cross_entropy_weight",
                "softmax_weight",
                "learned_calibration",
                "dropout",
                "min_seeds",
                "max_seeds",
                "recluster_batches",
                "centroid_members",
                "negatives",
                "epochs",
                "batch",
                "rate"));
        return new LookalikeOptions(
                head(section, set, defaults.head()),
                objective(section, set, defaults.objective()),
                seeds(set, defaults.seeds()),
                schedule(set, defaults.schedule()));
    }

    /** {@code alpha: auto} lets alpha and beta be chosen. */
    private static Head head(YamlNode section, Setting set, Head defaults) {
        boolean chosen = section.optional("alpha")
                .map(alpha -> alpha.text().equals("auto"))
                .orElse(defaults.chosenWeights());
        double alpha = chosen
                ? defaults.alpha()
                : set.number("alpha", defaults.alpha(), LookalikeSection::isWeight, "a number from 0 to 1, or auto");
        if (chosen && section.optional("beta").isPresent()) {
            throw section.required("beta").error("is given, but [alpha] is auto, which chooses both");
        }
        double beta = set.number("beta", defaults.beta(), LookalikeSection::isWeight, "a number from 0 to 1");
        if (alpha + beta == 0) {
            throw section.error("[alpha] and [beta] must not both be 0");
        }
        if (alpha + beta > 1 + 1e-6) {
            throw section.error("[alpha] " + alpha + " and [beta] " + beta + " must be at most 1 together");
        }
        return new Head(
                set.whole("dimension", defaults.dimension(), 1, 1024),
                set.whole("clusters", defaults.clusters(), 1, 128),
                form(set, defaults.form()),
                alpha,
                beta,
                chosen);
    }

    private static boolean isWeight(double value) {
        return value >= 0 && value <= 1;
    }

    private static LookalikeForm form(Setting set, LookalikeForm defaults) {
        return new LookalikeForm(
                set.choice("activation", Activation.class, defaults.activation()),
                set.flag("unit_length", defaults.unitLength()),
                set.positive("local_temperature", defaults.localTemperature()),
                set.notNegative("local_size_weight", defaults.localSizeWeight()),
                set.notNegative("global_size_weight", defaults.globalSizeWeight()));
    }

    private static LookalikeObjective objective(YamlNode section, Setting set, LookalikeObjective defaults) {
        LookalikeObjective objective = new LookalikeObjective(
                set.notNegative("cross_entropy_weight", defaults.crossEntropyWeight()),
                set.notNegative("softmax_weight", defaults.softmaxWeight()),
                set.flag("learned_calibration", defaults.learnedCalibration()),
                set.flag("learned_temperature", defaults.learnedTemperature()),
                set.share("dropout", defaults.dropout()));
        if (objective.crossEntropyWeight() + objective.softmaxWeight() == 0) {
            throw section.error("[cross_entropy_weight] and [softmax_weight] must not both be 0");
        }
        return objective;
    }

    private static Seeds seeds(Setting set, Seeds defaults) {
        return new Seeds(
                set.whole("min_seeds", defaults.min(), 1, Integer.MAX_VALUE),
                set.whole("max_seeds", defaults.max(), 1, 3_000_000),
                set.whole("recluster_batches", defaults.reclusterBatches(), 1, Integer.MAX_VALUE),
                set.whole("centroid_members", defaults.members(), 0, 1024));
    }

    private static Schedule schedule(Setting set, Schedule defaults) {
        return new Schedule(
                set.whole("negatives", defaults.negatives(), 1, 10_000),
                set.whole("epochs", defaults.epochs(), 1, 10_000),
                set.whole("batch", defaults.batch(), 1, 1 << 16),
                set.positive("rate", defaults.rate()));
    }
}
