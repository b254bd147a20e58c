package org.opensearch.ralm.trainer.training;

import java.util.List;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.network.FieldLayer;
import org.opensearch.ralm.trainer.network.Merge;

/**
 * How the representation phase is trained.
 *
 * @param form what is trained
 * @param sampling what it learns from
 * @param schedule how samples are shown
 * @param domains domains of behaviour, each of which gets an embedding of its own: they are scaled to length 1 and
 *     stacked; empty for one embedding of all fields
 */
public record RepresentationOptions(Form form, Sampling sampling, Schedule schedule, List<Domain> domains) {

    /** Checks that domains can be told apart. */
    public RepresentationOptions {
        domains = List.copyOf(domains);
        if (domains.stream().map(Domain::name).distinct().count() < domains.size()) {
            throw new IllegalArgumentException("[domains] must have different names, but are "
                    + domains.stream().map(Domain::name).toList());
        }
    }

    /**
     * Fields that tell of one kind of behaviour.
     *
     * @param name letters, digits, dashes and underscores; names the checkpoint
     * @param fields the names of one or more fields, "continuous" for all the numbers; a field may be in several domains
     */
    public record Domain(String name, List<String> fields) {

        /** Checks name and number. */
        public Domain {
            fields = List.copyOf(fields);
            if (name.matches("[A-Za-z0-9_-]+") == false) {
                throw new IllegalArgumentException(
                        "a domain's [name] must be of letters, digits, - and _, but is [" + name + "]");
            }
            if (fields.isEmpty()) {
                throw new IllegalArgumentException("domain [" + name + "] must have one of [fields] or more");
            }
        }
    }

    /** Where the items come from that are drawn against a click. */
    public enum Negatives {
        /** Others' clicks of the same block, so that nothing is won by knowing which items are alive. */
        TIME_LOCAL,
        /** The rank of all items by clicks, equation (3). */
        RANK
    }

    /**
     * What is trained.
     *
     * @param dimension N, the width of user embeddings
     * @param fieldWidth d, the width of a field
     * @param fieldLayer what a field passes before it is merged
     * @param merge how the fields are merged
     * @param heads heads of the attention merge layer, side by side; 1 in the paper
     */
    public record Form(int dimension, int fieldWidth, FieldLayer fieldLayer, Merge merge, int heads) {}

    /**
     * What it learns from.
     *
     * @param maxPositives the latest so many clicks of a user are shown; 50 in the paper
     * @param negatives items drawn against each click; 10 in the paper
     * @param from where they come from
     * @param logqCorrection whether log q, by which an item is drawn, is taken from its score, so that scores tend to
     *     log p(item | user) instead of log p(item | user) / q(item); not in the paper
     * @param thinning share of the values of each field, the continuous ones aside, that a sample does not see, in
     *     [0, 1); 0 in the paper. With few clicks an item, it is what keeps the network from learning them by heart
     */
    public record Sampling(int maxPositives, int negatives, Negatives from, boolean logqCorrection, double thinning) {}

    /**
     * How samples are shown.
     *
     * @param epochs how many times at most
     * @param batch samples a step
     * @param rate Adam's learning rate
     */
    public record Schedule(int epochs, int batch, double rate) {}

    /** The defaults, chosen on validation blocks; README.md says what each is worth. */
    public static final RepresentationOptions DEFAULT = new RepresentationOptions(
            new Form(128, 128, FieldLayer.NONE, Merge.ATTENTION, 4),
            new Sampling(50, 20, Negatives.TIME_LOCAL, false, 0.5),
            new Schedule(12, 256, 3e-3),
            List.of());

    /** Section 4.1 of the paper. */
    public static final RepresentationOptions PAPER = new RepresentationOptions(
            new Form(128, 128, FieldLayer.NONE, Merge.ATTENTION, 1),
            new Sampling(50, 10, Negatives.RANK, false, 0),
            new Schedule(10, 256, 1e-3),
            List.of());

    /** How the fields are merged. */
    public Merge merge() {
        return form.merge();
    }

    /** How many numbers one embedding of all fields of a dataset learns, those of its tables included. */
    public long parameters(Dataset dataset) {
        return RepresentationTrainer.parameters(dataset, form);
    }

    /** The same with N of another size. */
    public RepresentationOptions withDimension(int dimension) {
        return withForm(new Form(dimension, form.fieldWidth(), form.fieldLayer(), form.merge(), form.heads()));
    }

    /** The same with d of another size. */
    public RepresentationOptions withFieldWidth(int width) {
        return withForm(new Form(form.dimension(), width, form.fieldLayer(), form.merge(), form.heads()));
    }

    /** The same with another merge layer. */
    public RepresentationOptions withMerge(Merge merge) {
        return withForm(new Form(form.dimension(), form.fieldWidth(), form.fieldLayer(), merge, form.heads()));
    }

    /** The same with another form. */
    public RepresentationOptions withForm(Form other) {
        return new RepresentationOptions(other, sampling, schedule, domains);
    }

    /** The same learned from other samples. */
    public RepresentationOptions withSampling(Sampling other) {
        return new RepresentationOptions(form, other, schedule, domains);
    }

    /** The same with another schedule. */
    public RepresentationOptions withSchedule(Schedule other) {
        return new RepresentationOptions(form, sampling, other, domains);
    }

    /** The same with a stack of embeddings. */
    public RepresentationOptions withDomains(List<Domain> other) {
        return new RepresentationOptions(form, sampling, schedule, other);
    }
}
