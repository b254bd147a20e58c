package org.opensearch.ralm.trainer.config;

import java.util.List;
import org.opensearch.ralm.trainer.network.FieldLayer;
import org.opensearch.ralm.trainer.network.Merge;
import org.opensearch.ralm.trainer.training.RepresentationOptions;
import org.opensearch.ralm.trainer.training.RepresentationOptions.Domain;
import org.opensearch.ralm.trainer.training.RepresentationOptions.Form;
import org.opensearch.ralm.trainer.training.RepresentationOptions.Negatives;
import org.opensearch.ralm.trainer.training.RepresentationOptions.Sampling;
import org.opensearch.ralm.trainer.training.RepresentationOptions.Schedule;
import org.opensearch.ralm.trainer.yaml.YamlNode;

/** The options of phase 1. */
final class RepresentationSection {

    private RepresentationSection() {}

    static RepresentationOptions read(YamlNode section, RepresentationOptions defaults) {
        Setting set = new Setting(section.keys(
                "dimension",
                "field_width",
                "field_layer",
                "merge",
                "heads",
                "max_positives",
                "negatives",
                "negatives_from",
                "logq_correction",
                "thinning",
                "epochs",
                "batch",
                "rate",
                "domains"));
        Form form = defaults.form();
        Sampling sampling = defaults.sampling();
        Schedule schedule = defaults.schedule();
        return new RepresentationOptions(
                new Form(
                        set.whole("dimension", form.dimension(), 1, 1024),
                        set.whole("field_width", form.fieldWidth(), 1, 1024),
                        set.choice("field_layer", FieldLayer.class, form.fieldLayer()),
                        set.choice("merge", Merge.class, form.merge()),
                        set.whole("heads", form.heads(), 1, 8)),
                new Sampling(
                        set.whole("max_positives", sampling.maxPositives(), 1, Integer.MAX_VALUE),
                        set.whole("negatives", sampling.negatives(), 1, 10_000),
                        set.choice("negatives_from", Negatives.class, sampling.from()),
                        set.flag("logq_correction", sampling.logqCorrection()),
                        set.share("thinning", sampling.thinning())),
                new Schedule(
                        set.whole("epochs", schedule.epochs(), 1, 10_000),
                        set.whole("batch", schedule.batch(), 1, 1 << 16),
                        set.positive("rate", schedule.rate())),
                section.optional("domains").map(RepresentationSection::domains).orElse(defaults.domains()));
    }

    private static List<Domain> domains(YamlNode node) {
        try {
            List<Domain> domains = node.elements().stream()
                    .map(domain -> domain.keys("name", "fields"))
                    .map(RepresentationSection::domain)
                    .toList();
            return RepresentationOptions.DEFAULT.withDomains(domains).domains();
        } catch (IllegalArgumentException e) {
            throw node.error(e.getMessage());
        }
    }

    private static Domain domain(YamlNode node) {
        return new Domain(node.required("name").text(), node.required("fields").texts());
    }
}
